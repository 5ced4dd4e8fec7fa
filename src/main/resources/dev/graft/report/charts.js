(() => {
  const figures = JSON.parse(document.getElementById('figures').textContent);
  const charts = [];
  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const line = (label, values, name, dashed) => ({
    label, data: values, borderColor: colour(name), backgroundColor: colour(name), borderWidth: 2,
    borderDash: dashed ? [5, 4] : [], pointRadius: 2, tension: 0.2, spanGaps: false,
  });

  const scales = (x, y, zero) => ({
    x: { title: { display: true, text: x, color: colour('--soft') }, ticks: { color: colour('--soft') },
      grid: { color: colour('--grid') } },
    y: { title: { display: true, text: y, color: colour('--soft') }, ticks: { color: colour('--soft') },
      grid: { color: colour('--grid') }, beginAtZero: zero },
  });

  const draw = (id, type, data, options) => {
    const canvas = document.getElementById(id);
    if (canvas) {
      charts.push(new Chart(canvas, { type, data, options: {
        responsive: true, maintainAspectRatio: false, animation: false,
        plugins: { legend: { labels: { color: colour('--text'), usePointStyle: true, pointStyle: 'line' } } },
        ...options } }));
    }
  };

  const drawAll = () => {
    charts.splice(0).forEach(chart => chart.destroy());
    const epochs = figures.epochs;
    const labels = epochs.map((epoch, i) => i > 0 && epoch.epoch <= epochs[i - 1].epoch || epochs.slice(0, i)
      .some((earlier, j) => j > 0 && earlier.epoch <= epochs[j - 1].epoch) ? 'tuned ' + epoch.epoch : '' + epoch.epoch);
    const course = (id, training, validation) => {
      const datasets = [line('training', epochs.map(e => e[training]), '--first', true)];
      if (epochs.some(e => e[validation] !== null)) {
        datasets.push(line('validation', epochs.map(e => e[validation]), '--second', false));
      }
      draw(id, 'line', { labels, datasets }, { scales: scales('epoch', id, false) });
    };
    course('loss', 'loss', 'validation_loss');
    course('accuracy', 'accuracy', 'validation_accuracy');
    draw('times', 'bar', { labels: figures.stages.map(s => s.stage), datasets: [
      { label: 'seconds', data: figures.stages.map(s => s.seconds), backgroundColor: colour('--first') },
    ] }, { indexAxis: 'y', scales: scales('seconds', '', true), plugins: { legend: { display: false } } });
    document.body.dataset.charts = charts.length;
  };

  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();

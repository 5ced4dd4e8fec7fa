package dev.graft.features;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import dev.graft.spark.Counter;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;

/** Shows the counters of the driver and of every executor as metrics of Spark, whatever sinks it has. */
public final class CountersPlugin implements SparkPlugin {
    private static void register(MetricRegistry registry) {
        for (Counter counter : Counter.ALL) {
            registry.register(counter.metric(), (Gauge<Long>) counter::value);
        }
    }

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {
            @Override
            public Map<String, String> init(SparkContext spark, PluginContext context) {
                register(context.metricRegistry());
                return Map.of();
            }
        };
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> none) {
                register(context.metricRegistry());
            }
        };
    }
}

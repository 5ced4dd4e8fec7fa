package dev.graft.bench;

import java.util.ArrayList;
import java.util.List;

/** Makes results and figures of the rates of forward passes and of matrix products. */
final class ForwardFigures {
    private static final double GIGA = 1e9;

    private final Rates rates;
    private final String graft;
    private final double operationsPerImage;
    private final Report report;
    private final List<String> networks = new ArrayList<>();

    /** @param operationsPerImage floating point operations of one forward pass */
    ForwardFigures(Rates rates, String graft, double operationsPerImage, Report report) {
        this.rates = rates;
        this.graft = graft;
        this.operationsPerImage = operationsPerImage;
        this.report = report;
        addNetwork(graft);
    }

    private void addNetwork(String name) {
        networks.add(name);
        report.figure("forward", "images/s", name, rates.of(name));
    }

    /** Compares Graft's forward pass with another. */
    void compare(String key, Target target, String other) {
        addNetwork(other);
        report.result(key, rates.ratio(graft, other), target);
    }

    /** Compares what does more than Graft's forward pass with the pass itself. */
    void compareMore(String key, Target target, String more) {
        addNetwork(more);
        report.result(key, rates.ratio(more, graft), target);
    }

    /** Compares everyone so far with matrix products, whose items are floating point operations. */
    void compareWithPeak(String key, Target target, String products) {
        report.figure("gemm", "GFLOP/s", products, rates.of(products).times(1 / GIGA));
        report.figure("forward", "GFLOP/image", "base", operationsPerImage / GIGA);
        networks.forEach(name -> report.figure("forward", "share of gemm", name, share(name, products)));
        report.result(key, share(graft, products), target);
    }

    private Spread share(String name, String products) {
        return rates.ratio(name, products).times(operationsPerImage);
    }
}

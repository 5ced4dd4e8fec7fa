package dev.graft.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Whom Graft's forward pass is compared with, key by key. */
final class ForwardRivals {
    static final String TENSORFLOW = "forward/tensorflow";
    static final String ONNX_RUNTIME = "forward/onnxruntime";
    static final String STOCK = "forward/stock-dl4j";
    static final String PEAK = "forward/gemm-peak";
    static final String END_TO_END = "end-to-end/forward";

    static final List<String> KEYS = List.of(TENSORFLOW, ONNX_RUNTIME, STOCK, END_TO_END, PEAK);

    static final int BATCHES_PER_CORE = 4;
    /** DL4J's own layers take ten times as long. */
    private static final int STOCK_BATCHES_PER_CORE = 1;

    private static final int PRODUCTS_PER_CORE = 8;

    private final NetworkContenders networks;
    private final int cores;

    ForwardRivals(NetworkContenders networks, int cores) {
        this.networks = networks;
        this.cores = cores;
    }

    /** The ways in which the rival of a key may be fastest. */
    List<ContenderLaunch> of(String key) throws IOException {
        return switch (key) {
            case TENSORFLOW ->
                inEveryWay(sharing -> networks.tensorFlow(
                        "tensorflow " + sharing, TensorFlowForward.class, sharing, BATCHES_PER_CORE));
            case ONNX_RUNTIME ->
                inEveryWay(sharing -> networks.onnxRuntime("onnxruntime " + sharing, sharing, BATCHES_PER_CORE));
            case STOCK ->
                inEveryWay(sharing ->
                        networks.stock("stock-dl4j " + sharing, StockForward.class, sharing, STOCK_BATCHES_PER_CORE));
            case PEAK -> products();
            case END_TO_END -> List.of(networks.graft("graft end-to-end", GraftEndToEnd.class, BATCHES_PER_CORE));
            default -> throw new IllegalArgumentException("No rivals for " + key);
        };
    }

    private List<ContenderLaunch> products() throws IOException {
        List<ContenderLaunch> products = new ArrayList<>();
        for (Sharing sharing : Sharing.ways(cores)) {
            products.addAll(networks.products(sharing, PRODUCTS_PER_CORE));
        }
        return products;
    }

    private interface Launcher {
        ContenderLaunch launch(Sharing sharing) throws IOException;
    }

    private List<ContenderLaunch> inEveryWay(Launcher launcher) throws IOException {
        List<ContenderLaunch> launches = new ArrayList<>();
        for (Sharing sharing : Sharing.ways(cores)) {
            launches.add(launcher.launch(sharing));
        }
        return launches;
    }
}

package dev.graft.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How those are launched that run or train the base, each on files made for it. */
final class NetworkContenders {
    private final BenchBase base;
    private final ClassPaths classPaths;
    private final Path work;
    private final int cores;

    NetworkContenders(BenchBase base, BenchSettings settings) {
        this.base = base;
        this.classPaths = new ClassPaths(settings.root());
        this.work = settings.work();
        this.cores = settings.cores();
    }

    /** As Graft's Spark tasks do it: one call per core. */
    ContenderLaunch graft(String name, Class<? extends Contender> contender, int batchesPerCore) {
        return graft(name, contender, Sharing.oneCallPerCore(cores), batchesPerCore);
    }

    ContenderLaunch graft(String name, Class<? extends Contender> contender, Sharing sharing, int batchesPerCore) {
        return onNd4j(name, contender, order(base.weights(), base.cut(), sharing, batchesPerCore));
    }

    ContenderLaunch stock(String name, Class<? extends Contender> contender, Sharing sharing, int batchesPerCore)
            throws IOException {
        return onNd4j(name, contender, order(base.writePlain(work), "", sharing, batchesPerCore));
    }

    ContenderLaunch tensorFlow(String name, Class<? extends Contender> contender, Sharing sharing, int batchesPerCore)
            throws IOException {
        return onTensorFlow(name, contender, order(base.writePlain(work), "", sharing, batchesPerCore));
    }

    ContenderLaunch onnxRuntime(String name, Sharing sharing, int batchesPerCore) throws IOException {
        Path model = base.writeOnnx(work);
        return onOnnxRuntime(name, OnnxRuntimeForward.class, order(model, "", sharing, batchesPerCore));
    }

    /** The libraries whose matrix products may be the machine's fastest. */
    List<ContenderLaunch> products(Sharing sharing, int repetitions) throws IOException {
        GemmModel.writeAll(work);
        WorkOrder order = order(work, "", sharing, repetitions);
        return List.of(
                onNd4j("openblas gemm " + sharing, OpenBlasGemm.class, order),
                onOnnxRuntime("onnxruntime gemm " + sharing, OnnxRuntimeGemm.class, order),
                onTensorFlow("tensorflow gemm " + sharing, TensorFlowGemm.class, order));
    }

    /** A round has the same number of batches however the cores are shared. */
    private static WorkOrder order(Path network, String cut, Sharing sharing, int batchesPerCore) {
        return new WorkOrder(network, cut, sharing, batchesPerCore * sharing.threads());
    }

    private ContenderLaunch onNd4j(String name, Class<? extends Contender> contender, WorkOrder order) {
        return launch(name, contender, classPaths.graft(), order)
                .withEnvironment("OMP_NUM_THREADS", order.sharing().threads())
                .withEnvironment("OPENBLAS_NUM_THREADS", order.sharing().threads())
                .withJavaOptions(
                        "-Dorg.bytedeco.javacpp.maxbytes=3g",
                        "-Dorg.bytedeco.javacpp.maxphysicalbytes=6g",
                        "-Dlog4j2.configurationFile=" + classPaths.root().resolve("conf/log4j2.properties"));
    }

    private ContenderLaunch onTensorFlow(String name, Class<? extends Contender> contender, WorkOrder order) {
        return launch(name, contender, classPaths.tensorFlow(), order)
                .withEnvironment("TF_ENABLE_ONEDNN_OPTS", 1)
                .withEnvironment("TF_NUM_INTRAOP_THREADS", order.sharing().threads())
                .withEnvironment("TF_NUM_INTEROP_THREADS", order.sharing().calls());
    }

    private ContenderLaunch onOnnxRuntime(String name, Class<? extends Contender> contender, WorkOrder order) {
        return launch(name, contender, classPaths.onnxRuntime(), order);
    }

    private static ContenderLaunch launch(
            String name, Class<? extends Contender> contender, String classPath, WorkOrder order) {
        return ContenderLaunch.of(name, contender, classPath, order.arguments().toArray())
                .withJavaOptions("-Xmx2g");
    }
}

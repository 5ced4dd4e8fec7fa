package dev.graft.bench;

import java.io.File;
import java.nio.file.Path;

/** Where the build has put what contenders run on. */
record ClassPaths(Path root) {

    /** Graft as it is shipped, with Spark; DL4J, ND4J, OpenCV and their natives are inside. */
    String graft() {
        return classPath(root.resolve("target/graft.jar"), everyJar(root.resolve("target/spark/jars")));
    }

    /** TensorFlow for Java. */
    String tensorFlow() {
        return classPath(everyJar(root.resolve("target/bench/tensorflow")));
    }

    /** ONNX Runtime for Java. */
    String onnxRuntime() {
        return classPath(everyJar(root.resolve("target/bench/onnxruntime")));
    }

    private static Path everyJar(Path directory) {
        return directory.resolve("*");
    }

    /** The benchmark's own classes, then the others. */
    private String classPath(Path... entries) {
        StringBuilder classPath =
                new StringBuilder(root.resolve("target/bench/classes").toString());
        for (Path entry : entries) {
            classPath.append(File.pathSeparator).append(entry);
        }
        return classPath.toString();
    }
}

package dev.graft.doctor;

import dev.graft.decode.NativeDecoders;
import dev.graft.nn.NativeKernels;
import java.io.IOException;
import java.io.Serializable;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM has of native code.
 *
 * @param kernels null if they do not load
 * @param problem why they do not load; empty if they do
 * @param decoders null if they do not load
 * @param decodersProblem why they do not load; empty if they do
 * @param ompNumThreads the variable OMP_NUM_THREADS; null if it is not set
 * @param libraryCache where JavaCPP unpacks the libraries
 */
record NativeFacts(
        @Nullable NativeKernels kernels,
        String problem,
        @Nullable NativeDecoders decoders,
        String decodersProblem,
        @Nullable String ompNumThreads,
        DirectoryFacts libraryCache)
        implements Serializable {
    private static final long serialVersionUID = 2;

    static NativeFacts here() {
        NativeFacts without = new NativeFacts(null, "", null, "", System.getenv("OMP_NUM_THREADS"), libraryCacheHere());
        return without.withKernels().withDecoders();
    }

    private NativeFacts withKernels() {
        try {
            return new NativeFacts(NativeKernels.load(), "", decoders, decodersProblem, ompNumThreads, libraryCache);
        } catch (IllegalStateException e) {
            return new NativeFacts(
                    null, String.valueOf(e.getMessage()), decoders, decodersProblem, ompNumThreads, libraryCache);
        }
    }

    private NativeFacts withDecoders() {
        try {
            return new NativeFacts(kernels, problem, NativeDecoders.load(), "", ompNumThreads, libraryCache);
        } catch (IllegalStateException e) {
            return new NativeFacts(kernels, problem, null, String.valueOf(e.getMessage()), ompNumThreads, libraryCache);
        }
    }

    private static DirectoryFacts libraryCacheHere() {
        try {
            return DirectoryFacts.of(Loader.getCacheDir().toPath());
        } catch (IOException e) {
            String wanted = System.getProperty("org.bytedeco.javacpp.cachedir", System.getProperty("user.home"));
            return new DirectoryFacts(wanted, 0, e.toString());
        }
    }
}

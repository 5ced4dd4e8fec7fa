package dev.graft.doctor;

import dev.graft.decode.NativeDecoders;

/** Do the native image decoders load, and which are they? */
final class DecodersCheck implements JvmCheck {
    @Override
    public String name() {
        return "image decoders";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        NativeDecoders decoders = jvm.natives().decoders();
        return decoders == null
                ? Finding.failure(
                        jvm.natives().decodersProblem(),
                        jvm.location(),
                        "PNG, WebP and arithmetic-coded JPEG files are decoded by them",
                        "run on Linux with glibc on x86-64, with a cache directory that programs may run from ("
                                + jvm.location().role().withJavaOptions("-Dorg.bytedeco.javacpp.cachedir=DIRECTORY")
                                + ")")
                : Finding.ok(decoders.toString(), jvm.location());
    }
}

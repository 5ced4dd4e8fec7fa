package dev.graft.doctor;

/** Is there a place to unpack the native libraries to? */
final class LibraryCacheCheck implements JvmCheck {
    /** Unpacked, ND4J, OpenBLAS and OpenCV together. */
    private static final long LIBRARIES = 512 * Bytes.MIB;

    @Override
    public String name() {
        return "native library cache";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        DirectoryFacts cache = jvm.natives().libraryCache();
        String remedy = jvm.location().role().withJavaOptions("-Dorg.bytedeco.javacpp.cachedir=DIRECTORY");
        if (!cache.isWritable()) {
            return Finding.failure(
                    cache.path() + " cannot be written to: " + cache.problem(),
                    jvm.location(),
                    "native libraries are unpacked there before they are loaded",
                    remedy);
        }
        if (cache.freeBytes() < LIBRARIES) {
            return Finding.warning(
                    cache.path() + " has " + Bytes.text(cache.freeBytes()) + " free",
                    jvm.location(),
                    "native libraries take " + Bytes.text(LIBRARIES) + " when they are unpacked there",
                    "free that much, or " + remedy);
        }
        return Finding.ok(cache.path(), jvm.location());
    }
}

package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Version;
import org.junit.jupiter.api.Test;

/** The oldest versions without a hole that is known and within reach; raised with the next one (decisions/0014). */
class NativeDecodersTest {
    private final NativeDecoders decoders = NativeDecoders.load();

    /** 1.3.2 mended CVE-2023-4863. */
    @Test
    void libwebpIsNewEnough() {
        assertAtLeast("1.3.2", decoders.libwebp());
    }

    /** 1.6.51 mended CVE-2025-64720 and CVE-2025-65018. */
    @Test
    void libpngIsNewEnough() {
        assertAtLeast("1.6.51", decoders.libpng());
    }

    /** 1.2.13 mended CVE-2022-37434. */
    @Test
    void zlibIsNewEnough() {
        assertAtLeast("1.2.13", decoders.zlib());
    }

    @Test
    void libjpegTurboIsNewEnough() {
        assertAtLeast("3.1.0", decoders.libjpegTurbo());
    }

    private static void assertAtLeast(String least, String version) {
        assertThat(Version.parse(version)).isGreaterThanOrEqualTo(Version.parse(least));
    }
}

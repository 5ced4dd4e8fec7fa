package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.drawn.DemoImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @Test
    void whatIsBesideThePicturesIsTold(@TempDir Path directory) throws IOException {
        Path pictures = directory.resolve("pictures-400-7");
        DemoImages.write(pictures, 10, 7);
        Path text = Files.writeString(pictures.resolve("cat/names.txt"), "Felix");

        Cli demo = Cli.run(
                "demo",
                "--out",
                directory.toString(),
                "--set",
                "base.input=64",
                "--set",
                "base.cut=block3",
                "--set",
                "decode.max-rejected-share=0.3",
                "--set",
                "head.epochs=1");

        assertThat(demo.exitCode()).as(demo.err()).isZero();
        assertThat(demo.out())
                .contains("ignored 1 file that is no image, such as file:" + text + "\n", "images 23 = written 20 ");
    }
}

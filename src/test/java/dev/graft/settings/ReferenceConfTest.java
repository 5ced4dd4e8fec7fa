package dev.graft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceConfTest {
    @TempDir
    Path foreign;

    @Test
    void referenceOfAnotherLibraryIsNotReadThoughItComesFirst() throws IOException, ReflectiveOperationException {
        Files.writeString(foreign.resolve("reference.conf"), "foreign = 1");

        try (URLClassLoader loader = new URLClassLoader(foreignFirst(), ClassLoader.getPlatformClassLoader())) {
            Class<?> settings = loader.loadClass(Settings.class.getName());
            Object defaults = settings.getMethod("withDefaults").invoke(null);

            assertThat(settings.getMethod("keys").invoke(defaults))
                    .isEqualTo(Settings.withDefaults().keys());
        }
    }

    private URL[] foreignFirst() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        urls.add(foreign.toUri().toURL());
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(URL[]::new);
    }
}

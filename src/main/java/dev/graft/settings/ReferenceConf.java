package dev.graft.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;

/**
 * Graft's own {@code reference.conf}.
 *
 * <p>Other libraries on a cluster's class path may bring a file of that name, and the cluster's come first; ours lies
 * where our classes lie.
 */
final class ReferenceConf {
    private static final String NAME = "reference.conf";

    private ReferenceConf() {}

    static Config read() {
        return ConfigFactory.parseURL(location()).resolve();
    }

    private static URL location() {
        List<URL> all = candidates();
        String home = home();
        return all.stream()
                .filter(url -> url.toString().equals(home + NAME))
                .findFirst()
                .or(() -> all.stream().findFirst())
                .orElseThrow(() -> new IllegalStateException(NAME + " is not on the class path"));
    }

    private static String home() {
        String self = Settings.class.getName().replace('.', '/') + ".class";
        URL url = Settings.class.getResource("/" + self);
        return url == null ? "" : url.toString().replace(self, "");
    }

    private static List<URL> candidates() {
        try {
            return Collections.list(Settings.class.getClassLoader().getResources(NAME));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot find " + NAME, e);
        }
    }
}

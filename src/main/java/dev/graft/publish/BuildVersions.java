package dev.graft.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/** The versions that the application was built with, from a file that the build fills in. */
public final class BuildVersions {
    private static final String FILE = "versions.properties";

    private BuildVersions() {}

    public static String graft() {
        return built().getProperty("graft");
    }

    /** Versions by name: graft, spark, dl4j, java. */
    public static SortedMap<String, String> all(String sparkVersion) {
        Properties built = built();
        return new TreeMap<>(Map.of(
                "graft", built.getProperty("graft"),
                "spark", sparkVersion,
                "dl4j", built.getProperty("dl4j"),
                "java", System.getProperty("java.version")));
    }

    public static Properties built() {
        try (InputStream in = BuildVersions.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("Cannot tell the version: the application was built without " + FILE);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE, e);
        }
    }
}

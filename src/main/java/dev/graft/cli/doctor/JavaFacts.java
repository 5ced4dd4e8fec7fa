package dev.graft.cli.doctor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The Java that a JVM is.
 *
 * @param feature 17 for Java 17.0.15
 * @param closed the packages, such as {@code java.base/java.nio}, that Spark reaches into and may not
 */
record JavaFacts(int feature, String version, List<String> closed) implements Serializable {
    private static final long serialVersionUID = 1;

    private static final String OPENS = "--add-opens=";

    static JavaFacts here() {
        return new JavaFacts(
                Runtime.version().feature(), System.getProperty("java.version"), closed(JavaModuleOptions.defaultModuleOptions()));
    }

    /** @param options what Spark's launcher gives every JVM */
    static List<String> closed(String options) {
        List<String> closed = new ArrayList<>();
        for (String option : options.split("\\s+")) {
            if (option.startsWith(OPENS)) {
                String name = option.substring(OPENS.length(), option.indexOf('=', OPENS.length()));
                if (isClosed(name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1))) {
                    closed.add(name);
                }
            }
        }
        return closed;
    }

    private static boolean isClosed(String module, String name) {
        Module ours = JavaFacts.class.getModule();
        return ModuleLayer.boot()
                .findModule(module)
                .filter(found -> found.getPackages().contains(name) && !found.isOpen(name, ours))
                .isPresent();
    }
}

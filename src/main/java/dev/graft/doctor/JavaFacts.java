package dev.graft.doctor;

import dev.graft.settings.FileNames;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * The Java that a JVM is.
 *
 * @param feature 17 for Java 17.0.15
 * @param closed the packages, such as {@code java.base/java.nio}, that Spark reaches into and may not
 * @param fileNames the encoding of file names
 */
record JavaFacts(int feature, String version, List<String> closed, String fileNames) implements Serializable {
    private static final long serialVersionUID = 1;

    private static final Pattern OPENED = Pattern.compile("--add-opens=([^/\\s]+)/([^=\\s]+)=");

    static JavaFacts here() {
        return new JavaFacts(
                Runtime.version().feature(),
                System.getProperty("java.version"),
                closed(JavaModuleOptions.defaultModuleOptions()),
                FileNames.encoding());
    }

    /** @param options what Spark's launcher gives every JVM */
    static List<String> closed(String options) {
        List<String> closed = new ArrayList<>();
        Matcher opened = OPENED.matcher(options);
        while (opened.find()) {
            if (isClosed(opened.group(1), opened.group(2))) {
                closed.add(opened.group(1) + "/" + opened.group(2));
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

package dev.graft.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A HOCON file on any Hadoop file system.
 *
 * <p>A name without a scheme is a local file, whatever {@code fs.defaultFS} says. What a file includes is looked for
 * beside it, and must exist.
 */
final class ConfFile {
    private static final String LOCAL = "file";

    private final Path path;
    private final String name;

    private ConfFile(Path path, String name) {
        this.path = path;
        this.name = name;
    }

    static ConfFile at(String name) {
        return new ConfFile(hadoopPath(name), name);
    }

    Config read() {
        try {
            String text = text();
            ConfigParseOptions options = ConfigParseOptions.defaults()
                    .setSyntax(ConfigSyntax.CONF)
                    .setOriginDescription(name)
                    .setIncluder(Includes.files(
                            name, text, other -> neighbour(other).read().root()));
            return ConfigFactory.parseString(text, options);
        } catch (FileNotFoundException e) {
            throw new InvalidInputException("Cannot read settings " + name + ": no such file", e);
        } catch (IOException | ConfigException.IO e) {
            throw new InvalidInputException("Cannot read settings " + name + ": " + e.getMessage(), e);
        } catch (ConfigException e) {
            throw new InvalidInputException("Cannot parse settings: " + Place.inText(e), e);
        } catch (StackOverflowError e) {
            throw new InvalidInputException(
                    "Cannot read settings " + name + ": it includes itself, or is nested without end", e);
        }
    }

    private String text() throws IOException {
        FileSystem files = path.getFileSystem(SparkHadoopUtil.get().newConfiguration(new SparkConf()));
        return new String(SmallFile.read(files, path, SmallFile.DESCRIPTION_BYTES), StandardCharsets.UTF_8);
    }

    private ConfFile neighbour(String other) {
        boolean absolute = hasScheme(other) || other.startsWith("/");
        Path resolved = absolute ? hadoopPath(other) : new Path(path.getParent(), other);
        return new ConfFile(resolved, shownName(resolved));
    }

    private static Path hadoopPath(String name) {
        return hasScheme(name)
                ? new Path(name)
                : new Path(java.nio.file.Path.of(name).toAbsolutePath().toUri());
    }

    private static boolean hasScheme(String name) {
        return name.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
    }

    private static String shownName(Path path) {
        return LOCAL.equals(path.toUri().getScheme()) ? path.toUri().getPath() : path.toString();
    }
}

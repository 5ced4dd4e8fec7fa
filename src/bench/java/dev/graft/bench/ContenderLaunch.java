package dev.graft.bench;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What it takes to start a contender.
 *
 * @param name what tables and messages call it
 * @param contender the class to make; loaded here, initialized in the contender's JVM alone
 * @param classPath of its JVM
 * @param environment of its JVM, beside what it inherits
 * @param javaOptions such as {@code -Xmx2g}
 * @param arguments of the contender's constructor
 */
record ContenderLaunch(
        String name,
        Class<? extends Contender> contender,
        String classPath,
        Map<String, String> environment,
        List<String> javaOptions,
        List<String> arguments) {

    ContenderLaunch {
        environment = Map.copyOf(environment);
        javaOptions = List.copyOf(javaOptions);
        arguments = List.copyOf(arguments);
    }

    static ContenderLaunch of(
            String name, Class<? extends Contender> contender, String classPath, Object... arguments) {
        List<String> words = Stream.of(arguments).map(Object::toString).toList();
        return new ContenderLaunch(name, contender, classPath, Map.of(), List.of(), words);
    }

    ContenderLaunch withEnvironment(String variable, Object value) {
        Map<String, String> more = new TreeMap<>(environment);
        more.put(variable, value.toString());
        return new ContenderLaunch(name, contender, classPath, more, javaOptions, arguments);
    }

    ContenderLaunch withJavaOptions(String... options) {
        List<String> more =
                Stream.concat(javaOptions.stream(), Stream.of(options)).toList();
        return new ContenderLaunch(name, contender, classPath, environment, more, arguments);
    }
}

package dev.graft.bench;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The main class of a contender's JVM. It makes the contender that the first argument names out of the others and
 * answers {@link #DONE}; then it obeys the lines of standard input until they end: {@code output FILE} is answered
 * {@code done}, {@code round} is answered {@code done ITEMS NANOSECONDS}. What goes wrong ends the JVM with a stack trace.
 */
final class ContenderMain {
    static final String ROUND = "round";
    static final String OUTPUT = "output ";
    static final String DONE = "done";

    private final Contender contender;
    private final PrintStream answers;

    private ContenderMain(Contender contender, PrintStream answers) {
        this.contender = contender;
        this.answers = answers;
    }

    public static void main(String... arguments) throws IOException, ReflectiveOperationException {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what libraries print must not pass for an answer
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> end(failure));
        try (Contender contender = make(arguments[0], Arrays.copyOfRange(arguments, 1, arguments.length))) {
            answers.println(DONE);
            new ContenderMain(contender, answers).obey();
        }
        System.exit(0); // threads of native libraries may linger
    }

    private static void end(Throwable failure) {
        failure.printStackTrace();
        Runtime.getRuntime().halt(1);
    }

    private static Contender make(String name, String[] arguments) throws ReflectiveOperationException {
        return Class.forName(name)
                .asSubclass(Contender.class)
                .getDeclaredConstructor(String[].class)
                .newInstance((Object) arguments);
    }

    private void obey() throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String command = commands.readLine(); command != null; command = commands.readLine()) {
            if (command.equals(ROUND)) {
                round();
            } else if (command.startsWith(OUTPUT)) {
                FloatFile.write(contender.output(), Path.of(command.substring(OUTPUT.length())));
                answers.println(DONE);
            } else {
                throw new IOException("Cannot obey " + command + ": there is no such command");
            }
        }
    }

    private void round() throws IOException {
        long start = System.nanoTime();
        double items = contender.round();
        long nanoseconds = System.nanoTime() - start;
        answers.println(DONE + " " + items + " " + nanoseconds);
    }
}

package dev.graft.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code submit/bench}: runs the suites and prints what they found. */
@Command(
        name = "bench",
        description =
                "Measures Graft against others on this machine: same weights, same inputs, all cores for each, one"
                        + " at a time, in turns. Prints a table; every ratio is the median over the alternations.",
        usageHelpAutoWidth = true,
        footer = {"", "Exit codes: 0 done; 1 failed, or contenders disagree; 2 the call is wrong."})
final class Benchmark implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_CALL = 2;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    @Option(
            names = "--only",
            paramLabel = "KEY",
            split = ",",
            description = "Results to measure, such as forward/tensorflow; all but growth/cost-per-image by default.")
    private Set<String> only = new LinkedHashSet<>();

    @Option(names = "--json", paramLabel = "FILE", description = "Where the results go as JSON too.")
    private @Nullable Path json;

    @Option(
            names = "--alternations",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many times the contenders take turns (default: ${DEFAULT-VALUE}).")
    private int alternations;

    @Option(names = "--images", paramLabel = "DIR", description = "Directory with photos; some are drawn by default.")
    private @Nullable Path images;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "Keras HDF5 file with weights of Xception without its top; random ones by default.")
    private @Nullable Path weights;

    @Option(
            names = "--cut",
            paramLabel = "LAYER",
            description = "Layer or block of Xception to end after, for weights that end there.")
    private @Nullable String cut;

    @Option(names = "--root", hidden = true, description = "Root of the source tree.")
    private Path root = Path.of("");

    @Spec
    private CommandSpec spec;

    private Benchmark(CommandSpec none) {
        this.spec = none;
    }

    private Benchmark() {
        this(CommandSpec.create());
    }

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Benchmark())
                .setParameterExceptionHandler(Benchmark::refuse)
                .setExecutionExceptionHandler(Benchmark::report)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path work = Files.createTempDirectory("graft-bench-");
        try {
            BenchSettings settings = settings(work);
            List<Suite> suites = suites(settings, this::say);
            requireKnown(suites);
            Report report = new Report(Machine.here());
            boolean failed = false;
            for (Suite suite : suites) {
                failed |= isWanted(suite, settings) && !ran(suite, report);
            }
            publish(report);
            return failed ? FAILED : DONE;
        } finally {
            FileUtils.deleteDirectory(work.toFile());
        }
    }

    private boolean isWanted(Suite suite, BenchSettings settings) {
        return only.isEmpty() ? suite.isUsual() : suite.keys().stream().anyMatch(settings::wants);
    }

    /** Runs a suite; one that cannot go on must not cost what the others measure. */
    private boolean ran(Suite suite, Report report) throws IOException {
        try {
            suite.run(report);
            return true;
        } catch (BenchmarkException e) {
            say(String.valueOf(e.getMessage()));
            return false;
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println("bench: " + line);
    }

    private BenchSettings settings(Path work) {
        if (alternations < 1) {
            throw wrong("Invalid --alternations: " + alternations + " (at least 1)");
        }
        requireExisting("--images", images);
        requireExisting("--weights", weights);
        return new BenchSettings(
                only,
                alternations,
                Optional.ofNullable(images).map(Path::toAbsolutePath),
                Optional.ofNullable(weights).map(Path::toAbsolutePath),
                Optional.ofNullable(cut),
                root.toAbsolutePath(),
                work);
    }

    private void requireExisting(String option, @Nullable Path path) {
        if (path != null && !Files.isReadable(path)) {
            throw wrong(
                    "Invalid " + option + ": " + path + " (there is no such file or directory, or it is not readable)");
        }
    }

    private static List<Suite> suites(BenchSettings settings, Progress progress) {
        Photos photos = new Photos(settings, progress);
        return List.of(
                new ForwardSuite(settings, progress),
                new TrainSuite(settings, progress),
                new DecodeSuite(settings, photos, progress),
                new PipelineSuite(settings, photos, progress),
                new ExecutorSuite(settings, photos, progress),
                new HeadSuite(settings, progress),
                new MemorySuite(settings, photos, progress),
                new GrowthSuite(settings, progress));
    }

    private void requireKnown(List<Suite> suites) {
        Set<String> known = new LinkedHashSet<>();
        suites.forEach(suite -> known.addAll(suite.keys()));
        List<String> unknown = new ArrayList<>(only);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw wrong(
                    "Invalid --only: " + String.join(", ", unknown) + " (known are " + String.join(", ", known) + ")");
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private void publish(Report report) throws IOException {
        if (json != null) {
            report.writeJson(json);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(report.table());
        out.flush();
    }

    private static int refuse(ParameterException wrong, String[] arguments) {
        PrintWriter err = wrong.getCommandLine().getErr();
        err.println("bench: " + wrong.getMessage());
        err.println("Try 'submit/bench --help'.");
        return WRONG_CALL;
    }

    private static int report(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println("bench: " + failure.getMessage());
        failure.printStackTrace(err);
        return FAILED;
    }
}

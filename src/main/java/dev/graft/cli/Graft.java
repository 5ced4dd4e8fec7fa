package dev.graft.cli;

import dev.graft.publish.BuildVersions;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "graft",
        description = "Image transfer learning on Apache Spark: a frozen pretrained base runs over the images once, its"
                + " features are stored, and a new head is trained on them.",
        synopsisSubcommandLabel = "VERB",
        versionProvider = Graft.Version.class,
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        commandListHeading = "%nVerbs, in the order of a first run:%n",
        footer = {
            "",
            "spark-submit's options stand before the verb: submit/graft --master yarn extract --manifest ...",
            "Exit codes: 0 done; 1 failed; 2 the call, the settings or a file's form are wrong; 3 the data were refused;",
            "4 another run is at work; 130 interrupted."
        },
        subcommands = {
            DemoCommand.class,
            ManifestCommand.class,
            SummaryCommand.class,
            ExtractCommand.class,
            TrainCommand.class,
            FineTuneCommand.class,
            EvaluateCommand.class,
            PredictCommand.class,
            ExportCommand.class,
            RetrainCommand.class,
            ModelsCommand.class,
            DoctorCommand.class,
            HelpCommand.class
        })
public final class Graft implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Graft.class);

    @Spec
    private CommandSpec spec;

    private Graft(CommandSpec none) {
        this.spec = none;
    }

    private Graft() {
        this(CommandSpec.create());
    }

    public static void main(String[] arguments) {
        Interruption.watch();
        Thread.setDefaultUncaughtExceptionHandler(Graft::endWithoutMemory);
        System.exit(run(arguments));
    }

    /** Runs a command line and returns its exit code. */
    static int run(String... arguments) {
        try {
            return commandLine().execute(arguments);
        } catch (Throwable error) { // picocli hands on what is no Exception, such as a heap that is full
            return report(error);
        }
    }

    /** With all verbs. */
    static CommandLine commandLine() {
        return new CommandLine(new Graft())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Graft::refuse)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure));
    }

    /** Where Spark's own threads of the driver ran out of memory, the job that they work for would wait for ever. */
    private static void endWithoutMemory(Thread thread, Throwable thrown) {
        if (thrown instanceof OutOfMemoryError) {
            System.exit(report(thrown));
        }
        LOG.error("Uncaught in thread {}", thread.getName(), thrown);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing verb");
    }

    private static int refuse(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(Terminal.shown("graft: " + wrong.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try 'submit/graft " + verb(command) + "--help'.");
        return ExitCode.INVALID_INPUT.code();
    }

    private static String verb(CommandLine command) {
        return command.getParent() == null ? "" : command.getCommandName() + " ";
    }

    static int report(Throwable thrown) {
        if (Interruption.hasBegun()) {
            return ExitCode.INTERRUPTED.code();
        }
        Failure failure = Failure.of(thrown);
        Terminal.err("graft: " + failure.message());
        if (failure.isExplained()) {
            LOG.debug("Where it failed", thrown);
        } else {
            Terminal.err(stackTrace(thrown));
        }
        return failure.code().code();
    }

    private static String stackTrace(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    /** The version that the build wrote into the application. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"graft " + BuildVersions.graft()};
        }
    }
}

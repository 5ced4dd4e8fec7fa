package dev.graft.cli;

import dev.graft.publish.BuildVersions;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
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
            "Exit codes: 0 done; 1 failed; 2 the call or the settings are wrong; 3 a data gate refused."
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
    @Spec
    private CommandSpec spec;

    private Graft(CommandSpec none) {
        this.spec = none;
    }

    private Graft() {
        this(CommandSpec.create());
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs a command line and returns its exit code. */
    static int run(String... arguments) {
        return new CommandLine(new Graft())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Graft::refuse)
                .setExecutionExceptionHandler(Graft::report)
                .execute(arguments);
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

    private static int report(Exception failure, CommandLine command, ParseResult parsed) {
        ExitCode code = ExitCode.of(failure);
        PrintWriter err = command.getErr();
        err.println(Terminal.shown("graft: " + ExitCode.cause(failure).getMessage()));
        if (!ExitCode.isMeantForUsers(ExitCode.cause(failure))) {
            err.print(Terminal.shown(stackTrace(failure)));
        }
        return code.code();
    }

    private static String stackTrace(Exception failure) {
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

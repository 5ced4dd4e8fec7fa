package dev.graft.cli;

import dev.graft.publish.ModelReader;
import dev.graft.publish.ModelRegistry;
import dev.graft.publish.VersionSummary;
import dev.graft.settings.InvalidInputException;
import dev.graft.spark.Session;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "models",
        description = "The registry of a model: its versions, and which of them is current.",
        synopsisSubcommandLabel = "ACTION",
        commandListHeading = "%nActions:%n",
        subcommands = {
            ModelsCommand.ListVersions.class,
            ModelsCommand.Show.class,
            ModelsCommand.Promote.class,
            ModelsCommand.Rollback.class,
            ModelsCommand.Prune.class
        },
        footer = {"", "Example: submit/graft models list models/pets"})
final class ModelsCommand implements Runnable {
    @Mixin
    @SuppressWarnings("UnusedVariable") // picocli looks at it
    private HelpOption help = new HelpOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing action");
    }

    private static <T> T on(Function<Configuration, T> action) {
        try (Session session = Session.start("models")) {
            return action.apply(session.spark().sessionState().newHadoopConf());
        }
    }

    @Command(name = "list", description = "Lists the versions of a model, the latest first; * marks the current one.")
    static final class ListVersions implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "REGISTRY/NAME")
        private String model = "";

        @Override
        public Integer call() {
            List<VersionSummary> versions = on(hadoop -> new ModelRegistry(model, hadoop).versions());
            if (versions.isEmpty()) {
                throw new InvalidInputException("Cannot list versions: there is no model " + model);
            }
            Terminal.out(ModelText.table(versions));
            return ExitCode.DONE.code();
        }
    }

    @Command(name = "show", description = "Shows where a version came from and how good it is.")
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "REGISTRY/NAME, REGISTRY/NAME@VERSION or a version's directory")
        private String model = "";

        @Override
        public Integer call() {
            Terminal.out(on(hadoop -> ModelText.show(new ModelReader(hadoop).open(model))));
            return ExitCode.DONE.code();
        }
    }

    @Command(name = "promote", description = "Makes a version the current one, after every file of it was verified.")
    static final class Promote implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL@VERSION", description = "REGISTRY/NAME@VERSION")
        private String model = "";

        @Option(names = "--reason", defaultValue = "by hand", description = "Kept with the decision.")
        private String reason = "by hand";

        @Override
        public Integer call() {
            int at = model.lastIndexOf('@');
            if (at < 1) {
                throw new InvalidInputException("Invalid model URI: " + model + " (expected REGISTRY/NAME@VERSION)");
            }
            String name = model.substring(0, at);
            String version = model.substring(at + 1);
            boolean isNew = on(hadoop -> new ModelRegistry(name, hadoop).promote(version, reason));
            Terminal.out("model " + name + " version " + version + (isNew ? "" : " is current already"));
            return ExitCode.DONE.code();
        }
    }

    @Command(
            name = "rollback",
            description = "Makes the version current again that was current before the one that is.")
    static final class Rollback implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "REGISTRY/NAME")
        private String model = "";

        @Option(names = "--reason", defaultValue = "by hand", description = "Kept with the decision.")
        private String reason = "by hand";

        @Override
        public Integer call() {
            String version = on(hadoop -> new ModelRegistry(model, hadoop).rollback(reason));
            Terminal.out("model " + model + " version " + version);
            return ExitCode.DONE.code();
        }
    }

    @Command(
            name = "prune",
            description = "Deletes old versions; never the current one, nor the one that rollback would take.")
    static final class Prune implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "REGISTRY/NAME")
        private String model = "";

        @Option(names = "--keep", required = true, paramLabel = "N", description = "How many of the latest stay.")
        private int keep;

        @Override
        public Integer call() {
            if (keep < 1) {
                throw new InvalidInputException("Invalid --keep: " + keep + " (at least 1)");
            }
            List<String> gone = on(hadoop -> new ModelRegistry(model, hadoop).prune(keep));
            gone.forEach(version -> Terminal.out("deleted " + version));
            Terminal.out(gone.size() + (gone.size() == 1 ? " version" : " versions") + " deleted");
            return ExitCode.DONE.code();
        }
    }
}

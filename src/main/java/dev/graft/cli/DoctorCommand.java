package dev.graft.cli;

import dev.graft.doctor.BuiltWith;
import dev.graft.doctor.Diagnosis;
import dev.graft.doctor.Doctor;
import dev.graft.doctor.HeapDemand;
import dev.graft.doctor.NativeDemand;
import dev.graft.forward.Views;
import dev.graft.pipeline.Stages;
import dev.graft.publish.BuildVersions;
import dev.graft.spark.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description =
                "Checks whether runs will work here: Java, Spark, Scala, native kernels, memory, GPU, clocks, disks"
                        + " and storage, on the driver and on every executor. What is wrong comes with its remedy; the exit"
                        + " code is 2 if a run would fail.",
        footer = {"", "Example: submit/graft --master yarn doctor --base xception --storage hdfs:///graft"})
final class DoctorCommand implements Callable<Integer> {
    @Option(
            names = "--storage",
            paramLabel = "URI",
            description = "A directory that runs will read and write; may be given several times.")
    private List<String> storages = new ArrayList<>();

    @Mixin
    private BaseOptions base = new BaseOptions();

    @Mixin
    private SettingsOptions settingsOptions = new SettingsOptions();

    @Override
    public Integer call() {
        Stages stages = Stages.from(base.addTo(settingsOptions).load());
        NativeDemand demand = NativeDemand.of(stages.base(), stages.decode(), stages.extract());
        HeapDemand heap = HeapDemand.of(
                stages.decode(),
                Views.of(stages.extract().views(), stages.augment()),
                stages.extract().batch(),
                stages.base().layout().inputSize());
        Properties built = BuildVersions.built();
        try (Session session = Session.start("doctor")) {
            SparkSession spark = session.spark();
            BuiltWith builtWith = new BuiltWith(built.getProperty("spark"), built.getProperty("scala"));
            Diagnosis diagnosis = new Doctor(spark, builtWith, demand, heap).examine(storages);
            Terminal.out(diagnosis.text());
            return (diagnosis.failures() == 0 ? ExitCode.DONE : ExitCode.INVALID_INPUT).code();
        }
    }
}

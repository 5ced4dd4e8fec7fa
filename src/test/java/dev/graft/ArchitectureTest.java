package dev.graft;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.graft.manifest.Tables;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

@AnalyzeClasses(packages = "dev.graft", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** In the order the data moves. */
    private static final List<String> PACKAGES = List.of(
            "settings",
            "storage",
            "spark",
            "drawn",
            "manifest",
            "decode",
            "augment",
            "nn",
            "compiled",
            "onnx",
            "base",
            "forward",
            "features",
            "averaging",
            "predict",
            "train",
            "evaluate",
            "publish",
            "report",
            "pipeline",
            "retrain",
            "ml",
            "pretrain",
            "doctor",
            "cli");

    private static final List<DescribedPredicate<JavaClass>> SERIALIZED =
            List.of(equivalentTo(JavaRDD.class), equivalentTo(Broadcast.class), equivalentTo(Tuple2.class));

    @ArchTest
    static final ArchRule everyClassIsInAListedPackage = classes()
            .should()
            .resideInAnyPackage(packages(PACKAGES))
            .because("a new package needs its place in the order")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.graft.(**)").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule networksAreOpenedOnlyWhereTheyAreCutRunAndTrained = noClasses()
            .that()
            .resideOutsideOfPackages(packages(List.of(
                    "nn",
                    "compiled",
                    "onnx",
                    "base",
                    "forward",
                    "features",
                    "averaging",
                    "predict",
                    "train",
                    "pretrain")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheCommandLinePrints = noClasses()
            .that()
            .resideOutsideOfPackage("dev.graft.cli..")
            .should(ACCESS_STANDARD_STREAMS)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyTheCommandLineExits = noClasses()
            .that()
            .resideOutsideOfPackage("dev.graft.cli..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyOneClassReadsTables = noClasses()
            .that()
            .doNotBelongToAnyOf(Tables.class)
            .should()
            .callMethod(SparkSession.class, "read")
            .because("Spark takes characters of paths for patterns");

    @ArchTest
    static final ArchRule logsGoThroughSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule packagesAreNamedAfterStages = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..impl..", "..helper..", "..manager..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule classesAreNamedAfterWhatTheyAre = noClasses()
            .should()
            .haveNameMatching(".*[.$](Abstract\\w+|\\w*(Impl|Manager|Helper|Utils?|Info|Data))")
            .allowEmptyShould(true);

    @ArchTest
    static void packagesImportOnlyFromThoseBeforeThem(JavaClasses graft) {
        for (int i = 0; i < PACKAGES.size() - 1; i++) {
            noClasses()
                    .that()
                    .resideInAPackage(packages(PACKAGES.subList(i, i + 1))[0])
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(packages(PACKAGES.subList(i + 1, PACKAGES.size())))
                    .allowEmptyShould(true)
                    .check(graft);
        }
    }

    /** Kryo writes no records; those that may meet it say that Java does. */
    @ArchTest
    static void recordsThatSparkSerializesAreWrittenByJava(JavaClasses graft) {
        Set<JavaClass> serialized = graft.stream()
                .flatMap(ArchitectureTest::signatures)
                .map(JavaType::getAllInvolvedRawTypes)
                .filter(types ->
                        SERIALIZED.stream().anyMatch(of -> types.stream().anyMatch(of::test)))
                .flatMap(Set::stream)
                .filter(JavaClass::isRecord)
                .collect(Collectors.toSet());

        assertThat(serialized)
                .isNotEmpty()
                .allMatch(type -> type.isAnnotatedWith(DefaultSerializer.class), "is annotated");
    }

    private static Stream<JavaType> signatures(JavaClass type) {
        return Stream.of(
                        type.getFields().stream().map(JavaField::getType),
                        type.getMethods().stream().map(JavaMethod::getReturnType),
                        type.getMethods().stream().flatMap(method -> method.getParameterTypes().stream()))
                .flatMap(types -> types);
    }

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> "dev.graft." + name + "..").toArray(String[]::new);
    }
}

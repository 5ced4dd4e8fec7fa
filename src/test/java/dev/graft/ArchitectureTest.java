package dev.graft;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

@AnalyzeClasses(packages = "dev.graft", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** In the order the data moves. */
    private static final List<String> PACKAGES = List.of(
            "settings",
            "manifest",
            "decode",
            "augment",
            "nn",
            "base",
            "features",
            "train",
            "evaluate",
            "publish",
            "report",
            "pipeline",
            "ml",
            "cli");

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
            .resideOutsideOfPackages(packages(List.of("nn", "base", "features", "train")))
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

    private static String[] packages(List<String> names) {
        return names.stream().map(name -> "dev.graft." + name + "..").toArray(String[]::new);
    }
}

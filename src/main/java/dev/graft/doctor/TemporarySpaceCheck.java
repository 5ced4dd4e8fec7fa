package dev.graft.doctor;

import java.util.ArrayList;
import java.util.List;

/** Is there room for what Spark spills and caches? */
final class TemporarySpaceCheck implements Check {
    @Override
    public String name() {
        return "temporary space";
    }

    @Override
    public List<Finding> judge(Facts facts) {
        List<Finding> findings = new ArrayList<>();
        for (ExecutorFacts jvm : facts.jvms()) {
            jvm.temporary().forEach(directory -> findings.add(judge(directory, jvm, facts)));
        }
        return findings;
    }

    private static Finding judge(DirectoryFacts directory, ExecutorFacts jvm, Facts facts) {
        if (!directory.isWritable()) {
            return Finding.failure(
                    directory.path() + " cannot be written to: " + directory.problem(),
                    jvm.location(),
                    "Spark keeps shuffles, spills and cached features there",
                    remedy(jvm, facts));
        }
        if (directory.freeBytes() < Bytes.GIB) {
            return Finding.warning(
                    directory.path() + " has " + Bytes.text(directory.freeBytes()) + " free",
                    jvm.location(),
                    "Spark keeps shuffles, spills and cached features there, and fails when the disk is full",
                    "free at least " + Bytes.text(Bytes.GIB) + ", or " + remedy(jvm, facts));
        }
        return Finding.ok("1 GiB or more free", jvm.location());
    }

    private static String remedy(ExecutorFacts jvm, Facts facts) {
        if (facts.cluster().isYarn()) {
            return "name another directory in yarn.nodemanager.local-dirs of yarn-site.xml";
        }
        if (facts.cluster().isKubernetes()) {
            return "mount a volume whose name begins with spark-local-dir- (spark.kubernetes.executor.volumes.*)";
        }
        return "--conf spark.local.dir=DIRECTORY for Spark's own, "
                + jvm.location().role().withJavaOptions("-Djava.io.tmpdir=DIRECTORY") + " for Java's";
    }
}

package dev.graft.doctor;

import dev.graft.settings.FileNames;

/** Can every JVM say the names of files on local disks? */
final class FileNamesCheck implements JvmCheck {
    @Override
    public String name() {
        return "file names";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        String encoding = jvm.java().fileNames();
        if (FileNames.isUtf8(encoding)) {
            return Finding.ok(encoding, jvm.location());
        }
        return Finding.warning(
                "names on local disks are " + encoding + ", not UTF-8",
                jvm.location(),
                "its locale says so; an image on a local disk whose name is not ASCII is refused there",
                jvm.location().role().withVariable("LC_ALL", "C.UTF-8"));
    }
}

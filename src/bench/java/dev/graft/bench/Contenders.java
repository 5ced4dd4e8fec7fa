package dev.graft.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Contenders that are alive at the same time and closed together. */
final class Contenders implements AutoCloseable {
    private final List<ContenderProcess> processes = new ArrayList<>();

    /**
     * Starts contenders one after another.
     *
     * @param work see {@link ContenderProcess#start}
     */
    static Contenders start(List<ContenderLaunch> launches, Path work, Progress progress) throws IOException {
        Contenders contenders = new Contenders();
        try {
            for (ContenderLaunch launch : launches) {
                progress.say("starting " + launch.name());
                contenders.processes.add(ContenderProcess.start(launch, work));
            }
        } catch (BenchmarkException | IOException e) {
            contenders.close();
            throw e;
        }
        return contenders;
    }

    List<ContenderProcess> processes() {
        return List.copyOf(processes);
    }

    @Override
    public void close() {
        processes.forEach(ContenderProcess::close);
    }
}

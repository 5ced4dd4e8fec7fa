package dev.graft.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What a {@link WorkingContender} is told on its command line.
 *
 * @param network file that the network is made from
 * @param cut where the network ends; empty for its own end, and for a file that ends there
 * @param sharing of the cores
 * @param repetitions pieces of work in one round of one worker
 */
record WorkOrder(Path network, String cut, Sharing sharing, int repetitions) {

    static WorkOrder parse(String... arguments) {
        Sharing sharing = new Sharing(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
        return new WorkOrder(Path.of(arguments[0]), arguments[1], sharing, Integer.parseInt(arguments[4]));
    }

    List<String> arguments() {
        return List.of(
                network.toString(),
                cut,
                Integer.toString(sharing.calls()),
                Integer.toString(sharing.threads()),
                Integer.toString(repetitions));
    }

    BenchBase base() {
        return new BenchBase(network, cut);
    }
}

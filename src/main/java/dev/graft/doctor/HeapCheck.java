package dev.graft.doctor;

/** Does the heap fit the costliest image that the settings allow? A run is refused where it does not. */
final class HeapCheck implements JvmCheck {
    @Override
    public String name() {
        return "heap";
    }

    @Override
    public Finding judge(ExecutorFacts jvm, Facts facts) {
        int tasks = facts.tasks(jvm);
        long demand = facts.heap().of(tasks);
        long heap = jvm.memory().heapBytes();
        if (demand <= heap) {
            return Finding.ok(Bytes.text(heap), jvm.location());
        }
        return Finding.failure(
                "the heap may grow to " + Bytes.text(heap) + ", " + tasks + " tasks take " + Bytes.text(demand),
                jvm.location(),
                "one image as the settings allow it, those that wait for the network, and Spark must fit",
                "--conf " + jvm.location().role().key("memory") + "=" + Bytes.setting(demand)
                        + ", or --set decode.max-image-memory smaller");
    }
}

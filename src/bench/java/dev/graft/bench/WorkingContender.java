package dev.graft.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A contender whose round is the same work over and over, in as many threads as it makes calls at once. */
abstract class WorkingContender implements Contender {
    private final int repetitions;
    private final List<Worker> workers = new ArrayList<>();
    private final ExecutorService threads;

    /** Makes workers. */
    interface Workshop {
        Worker worker() throws IOException;
    }

    WorkingContender(WorkOrder order, Workshop workshop) throws IOException {
        this.repetitions = order.repetitions();
        int calls = order.sharing().calls();
        for (int i = 0; i < calls; i++) {
            workers.add(workshop.worker());
        }
        this.threads = Executors.newFixedThreadPool(calls);
    }

    @Override
    public final float[] output() throws IOException {
        return workers.get(0).output();
    }

    @Override
    public final double round() throws IOException {
        List<Callable<Double>> shares = new ArrayList<>();
        workers.forEach(worker -> shares.add(() -> share(worker)));
        double items = 0;
        try {
            for (Future<Double> share : threads.invokeAll(shares)) {
                items += share.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Cannot finish the round: interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("Cannot finish the round", e);
        }
        return items;
    }

    private double share(Worker worker) throws IOException {
        double items = 0;
        for (int i = 0; i < repetitions; i++) {
            items += worker.work();
        }
        return items;
    }

    @Override
    public final void close() throws IOException {
        threads.shutdown();
        for (Worker worker : workers) {
            worker.close();
        }
    }
}

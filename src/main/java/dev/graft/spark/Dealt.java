package dev.graft.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function;
import scala.Tuple2;

/** Deals elements to partitions in turn, as cards are dealt: where each goes depends on their keys alone. */
public final class Dealt {
    private Dealt() {}

    /**
     * Deals elements.
     *
     * @param key of an element, such that no two have the same
     * @return so many partitions, the elements of each in the order of their keys
     */
    public static <T> JavaRDD<T> deal(JavaRDD<T> elements, Function<T, String> key, int partitions) {
        return elements.sortBy(key, true, partitions)
                .zipWithIndex()
                .mapToPair(indexed -> new Tuple2<>(indexed._2(), indexed._1()))
                .partitionBy(new Dealer(partitions))
                .mapPartitions(Dealt::inOrder);
    }

    private static <T> Iterator<T> inOrder(Iterator<Tuple2<Long, T>> dealt) {
        List<Tuple2<Long, T>> elements = new ArrayList<>();
        dealt.forEachRemaining(elements::add);
        elements.sort(Comparator.comparing(Tuple2::_1));
        return elements.stream().map(Tuple2::_2).iterator();
    }

    private static final class Dealer extends Partitioner {
        private static final long serialVersionUID = 1;
        private final int partitions;

        Dealer(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object index) {
            return (int) ((Long) index % partitions);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Dealer that && partitions == that.partitions;
        }

        @Override
        public int hashCode() {
            return partitions;
        }
    }
}

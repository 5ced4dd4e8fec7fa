package dev.graft.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class GpuSlotsTest {
    private static SparkConf conf(String... properties) {
        SparkConf conf = new SparkConf(false);
        for (int i = 0; i < properties.length; i += 2) {
            conf.set(properties[i], properties[i + 1]);
        }
        return conf;
    }

    @Test
    void theCoresOfAnExecutorAreSharedByItsGpus() {
        String gpus = "spark.executor.resource.gpu.amount";
        assertThat(GpuSlots.cores(conf(gpus, "2", "spark.executor.cores", "9"))).isEqualTo(4);
        assertThat(GpuSlots.cores(conf(gpus, "4", "spark.executor.cores", "2"))).isEqualTo(1);
        assertThat(GpuSlots.cores(conf(gpus, "1"))).isEqualTo(1);
    }

    @Test
    void withoutGpusOrWhereEveryTaskTakesOneStagesStayAsTheyAre() {
        assertThat(GpuSlots.cores(conf("spark.executor.cores", "8"))).isZero();
        assertThat(GpuSlots.cores(
                        conf("spark.executor.resource.gpu.amount", "1", "spark.task.resource.gpu.amount", "0.5")))
                .isZero();
    }
}

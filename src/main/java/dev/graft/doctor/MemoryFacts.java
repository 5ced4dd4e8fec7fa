package dev.graft.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.Serializable;
import java.lang.management.ManagementFactory;

/**
 * The memory of a JVM.
 *
 * @param heapBytes what its heap may grow to
 * @param physicalBytes what its host or container has
 */
record MemoryFacts(long heapBytes, long physicalBytes) implements Serializable {
    private static final long serialVersionUID = 1;

    static MemoryFacts here() {
        return new MemoryFacts(
                Runtime.getRuntime().maxMemory(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    }
}

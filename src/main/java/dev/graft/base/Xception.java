package dev.graft.base;

import dev.graft.nn.Window;
import java.util.List;

/** Keras' Xception without its top (Chollet 2017, arXiv 1610.02357), and a small network of the same family. */
final class Xception {
    private static final int MIDDLE_BLOCKS = 8;

    private Xception() {}

    /** Keras' {@code applications.Xception(include_top=False)}, layer for layer. */
    static void full(Sketch sketch) {
        entry(sketch, 32, 64);
        residual(sketch, 2, 1, List.of(128, 128), false);
        residual(sketch, 3, 2, List.of(256, 256), true);
        residual(sketch, 4, 3, List.of(728, 728), true);
        for (int i = 0; i < MIDDLE_BLOCKS; i++) {
            middle(sketch, 5 + i);
        }
        residual(sketch, 13, 4, List.of(728, 1024), true);
        exit(sketch, 14, 1536, 2048);
    }

    /** The same plan with fewer blocks and narrower: what the demo and the tests run on. */
    static void mini(Sketch sketch) {
        entry(sketch, 16, 24);
        residual(sketch, 2, 1, List.of(48, 48), false);
        residual(sketch, 3, 2, List.of(96, 96), true);
        middle(sketch, 4);
        middle(sketch, 5);
        residual(sketch, 6, 3, List.of(96, 128), true);
        exit(sketch, 7, 192, 256);
    }

    private static void entry(Sketch sketch, int first, int second) {
        sketch.block("block1").conv("block1_conv1", first, Window.valid(3, 2));
        sketch.batchNorm("block1_conv1_bn").relu("block1_conv1_act");
        sketch.conv("block1_conv2", second, Window.valid(3, 1));
        sketch.batchNorm("block1_conv2_bn").relu("block1_conv2_act");
    }

    /** Two separable convolutions and max pooling beside a strided 1x1 convolution. */
    private static void residual(Sketch sketch, int block, int shortcut, List<Integer> filters, boolean reluFirst) {
        String name = "block" + block;
        String input = sketch.last();
        sketch.block(name).conv("conv2d_" + shortcut, filters.get(1), Window.same(1, 2));
        String residual = "batch_normalization_" + shortcut;
        sketch.batchNorm(residual).from(input);
        if (reluFirst) {
            sketch.relu(name + "_sepconv1_act");
        }
        sketch.separable(name + "_sepconv1", filters.get(0)).batchNorm(name + "_sepconv1_bn");
        sketch.relu(name + "_sepconv2_act");
        sketch.separable(name + "_sepconv2", filters.get(1)).batchNorm(name + "_sepconv2_bn");
        sketch.maxPool(name + "_pool", Window.same(3, 2)).add(addName(sketch), residual);
    }

    private static void middle(Sketch sketch, int block) {
        String name = "block" + block;
        String input = sketch.last();
        int filters = sketch.channels();
        sketch.block(name);
        for (int i = 1; i <= 3; i++) {
            sketch.relu(name + "_sepconv" + i + "_act");
            sketch.separable(name + "_sepconv" + i, filters).batchNorm(name + "_sepconv" + i + "_bn");
        }
        sketch.add(addName(sketch), input);
    }

    private static void exit(Sketch sketch, int block, int first, int second) {
        String name = "block" + block;
        sketch.block(name);
        sketch.separable(name + "_sepconv1", first).batchNorm(name + "_sepconv1_bn");
        sketch.relu(name + "_sepconv1_act");
        sketch.separable(name + "_sepconv2", second).batchNorm(name + "_sepconv2_bn");
        sketch.relu(name + "_sepconv2_act");
    }

    private static String addName(Sketch sketch) {
        long adds = sketch.nodes().keySet().stream()
                .filter(layer -> layer.startsWith("add_"))
                .count();
        return "add_" + (adds + 1);
    }
}

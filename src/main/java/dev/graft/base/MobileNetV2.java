package dev.graft.base;

import dev.graft.nn.Window;

/**
 * Keras' MobileNetV2 without its top (Sandler 2018, arXiv 1801.04381), for any width multiplier alpha. Keras'
 * {@code ZeroPadding2D} before a strided depthwise convolution is the padding of that convolution here.
 */
final class MobileNetV2 {
    private static final int LAST_FILTERS = 1280;
    private static final int EXPANSION = 6;
    private static final int DIVISOR = 8;

    /** Blocks of one width: filters at alpha 1, how many, stride of the first. */
    private record Group(int filters, int blocks, int stride) {}

    private static final Group[] GROUPS = {
        new Group(16, 1, 1),
        new Group(24, 2, 2),
        new Group(32, 3, 2),
        new Group(64, 4, 2),
        new Group(96, 3, 1),
        new Group(160, 3, 2),
        new Group(320, 1, 1),
    };

    private MobileNetV2() {}

    static void sketch(Sketch sketch, double alpha) {
        sketch.block("Conv1").conv("Conv1", divisible(32 * alpha), Window.same(3, 2));
        sketch.batchNorm("bn_Conv1").relu6("Conv1_relu");
        int block = 0;
        for (Group group : GROUPS) {
            for (int i = 0; i < group.blocks; i++) {
                inverted(sketch, block++, divisible(group.filters * alpha), i == 0 ? group.stride : 1);
            }
        }
        int last = alpha > 1 ? divisible(LAST_FILTERS * alpha) : LAST_FILTERS;
        sketch.block("Conv_1").conv("Conv_1", last, Window.valid(1, 1));
        sketch.batchNorm("Conv_1_bn").relu6("out_relu");
    }

    private static void inverted(Sketch sketch, int block, int filters, int stride) {
        String name = block == 0 ? "expanded_conv" : "block_" + block;
        String input = sketch.last();
        int inputChannels = sketch.channels();
        sketch.block(name);
        if (block > 0) {
            sketch.conv(name + "_expand", EXPANSION * inputChannels, Window.same(1, 1));
            sketch.batchNorm(name + "_expand_BN").relu6(name + "_expand_relu");
        }
        sketch.depthwise(name + "_depthwise", Window.same(3, stride));
        sketch.batchNorm(name + "_depthwise_BN").relu6(name + "_depthwise_relu");
        sketch.conv(name + "_project", filters, Window.same(1, 1)).batchNorm(name + "_project_BN");
        if (stride == 1 && inputChannels == filters) {
            sketch.add(name + "_add", input);
        }
    }

    /** Keras' {@code _make_divisible}: the nearest multiple of 8 that is not more than a tenth below. */
    private static int divisible(double value) {
        int rounded = Math.max(DIVISOR, (int) (value + DIVISOR / 2.0) / DIVISOR * DIVISOR);
        return rounded < 0.9 * value ? rounded + DIVISOR : rounded;
    }
}

package dev.graft.decode;

import java.util.List;

/** The frame header of a JPEG file (ITU T.81, B.2.2): how it is coded, how large it is, and its components. */
final class JpegFrame {
    private static final int LARGEST_SIDE = 65500;
    private static final int LARGEST_SAMPLING = 4;

    /** Of a block: its coefficients, and the place of the last one that is not zero. */
    private static final int BYTES_OF_COEFFICIENTS = JpegComponent.COEFFICIENTS * Short.BYTES + 1;

    /** The coding processes that can be told apart by the marker that begins the frame. */
    enum Coding {
        SEQUENTIAL,
        PROGRESSIVE,
        ARITHMETIC
    }

    private final Coding coding;
    private final int width;
    private final int height;
    private final List<JpegComponent> components;

    /** The largest sampling factors: an MCU is this many blocks wide and high. */
    private final int horizontal;

    private final int vertical;

    JpegFrame(Coding coding, int width, int height, List<JpegComponent> components) throws RejectedException {
        this.coding = coding;
        this.width = width;
        this.height = height;
        this.components = List.copyOf(components);
        if (width > LARGEST_SIDE || height > LARGEST_SIDE) {
            throw RejectedException.unsupported("JPEG of " + width + "x" + height + " (at most 65500 a side)");
        }
        int largestHorizontal = 1;
        int largestVertical = 1;
        for (JpegComponent component : components) {
            checkSampling(component.horizontal, component.vertical);
            largestHorizontal = Math.max(largestHorizontal, component.horizontal);
            largestVertical = Math.max(largestVertical, component.vertical);
        }
        this.horizontal = largestHorizontal;
        this.vertical = largestVertical;
        for (JpegComponent component : components) {
            measure(component);
        }
    }

    Coding coding() {
        return coding;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    List<JpegComponent> components() {
        return components;
    }

    int mcusPerRow() {
        return roundedUp(width, horizontal * JpegComponent.BLOCK);
    }

    int mcuRows() {
        return roundedUp(height, vertical * JpegComponent.BLOCK);
    }

    long pixels() {
        return (long) width * height;
    }

    /** Blocks of all components, those that fill up the last MCUs included. */
    long blocks() {
        return components.stream().mapToLong(this::blocks).sum();
    }

    /** Blocks of one component, likewise. */
    long blocks(JpegComponent component) {
        return (long) component.blocksPerRow * mcuRows() * component.vertical;
    }

    /** What decoding takes when each row of MCUs is done with before the next, in bytes. */
    long bytesByRows() {
        return blocks() / mcuRows() * BYTES_OF_COEFFICIENTS + blocks() * JpegComponent.COEFFICIENTS + bytesOfPixels();
    }

    /** What decoding takes when the coefficients of all scans are held, in bytes. */
    long bytesWhole() {
        return blocks() * (BYTES_OF_COEFFICIENTS + JpegComponent.COEFFICIENTS) + bytesOfPixels();
    }

    /** The pixels, and a row of each component and of pixels, as integers. */
    private long bytesOfPixels() {
        long rows = components.size() + 1L;
        return RgbImage.CHANNELS * pixels() + rows * Integer.BYTES * width;
    }

    private static int roundedUp(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private void measure(JpegComponent component) throws RejectedException {
        if (horizontal % component.horizontal != 0 || vertical % component.vertical != 0) {
            throw RejectedException.unsupported("JPEG with " + component.horizontal + "x" + component.vertical
                    + " samples of a component to " + horizontal + "x" + vertical + " of another");
        }
        component.horizontalExpansion = horizontal / component.horizontal;
        component.verticalExpansion = vertical / component.vertical;
        component.width = roundedUp(width * component.horizontal, horizontal);
        component.height = roundedUp(height * component.vertical, vertical);
        component.widthInBlocks = roundedUp(width * component.horizontal, horizontal * JpegComponent.BLOCK);
        component.heightInBlocks = roundedUp(height * component.vertical, vertical * JpegComponent.BLOCK);
        component.blocksPerRow = mcusPerRow() * component.horizontal;
    }

    private static void checkSampling(int horizontal, int vertical) throws RejectedException {
        if (horizontal < 1 || horizontal > LARGEST_SAMPLING || vertical < 1 || vertical > LARGEST_SAMPLING) {
            throw RejectedException.corrupt("sampling factors " + horizontal + "x" + vertical + " (1 to 4)");
        }
    }
}

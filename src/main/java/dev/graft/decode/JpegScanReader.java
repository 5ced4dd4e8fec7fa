package dev.graft.decode;

import java.util.List;

/** Reads the entropy-coded data of one scan into the coefficients of its components, a row of MCUs at a time. */
final class JpegScanReader {
    private final JpegFrame frame;
    private final JpegScan scan;
    private final JpegBits bits;
    private final JpegBlocks blocks;
    private final int restartInterval;
    private int untilRestart;
    private int restarts;

    JpegScanReader(JpegFrame frame, JpegScan scan, JpegTables tables, JpegBits bits) throws RejectedException {
        this.frame = frame;
        this.scan = scan;
        this.bits = bits;
        this.blocks = JpegBlocks.of(frame, scan, tables, bits);
        this.restartInterval = tables.restartInterval();
        this.untilRestart = restartInterval;
        if (scan.isInterleaved()) {
            checkMcuSize(scan.parts());
        }
    }

    /** @throws RejectedException also when the thread is interrupted: whoever waits for the image has given it up */
    void readMcuRow(int row) throws RejectedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new RejectedException(RejectReason.TIMED_OUT, "given up while it was decoded");
        }
        if (scan.isInterleaved()) {
            for (int column = 0; column < frame.mcusPerRow(); column++) {
                readInterleaved(row, column);
            }
            return;
        }
        JpegComponent component = scan.parts().get(0).component();
        int end = Math.min((row + 1) * component.vertical, component.heightInBlocks);
        for (int blockRow = row * component.vertical; blockRow < end; blockRow++) {
            for (int column = 0; column < component.widthInBlocks; column++) {
                readSingle(component, blockRow, column);
            }
        }
    }

    private void readInterleaved(int row, int column) throws RejectedException {
        beginMcu();
        if (bits.exhausted()) {
            return;
        }
        for (int i = 0; i < scan.parts().size(); i++) {
            JpegComponent component = scan.parts().get(i).component();
            for (int v = 0; v < component.vertical; v++) {
                int index = component.blockIndex(row * component.vertical + v, column * component.horizontal);
                for (int h = 0; h < component.horizontal; h++) {
                    readBlock(i, component, index + h);
                }
            }
        }
        checkFileGoesOn(row);
    }

    private void readSingle(JpegComponent component, int blockRow, int column) throws RejectedException {
        beginMcu();
        if (bits.exhausted()) {
            return;
        }
        readBlock(0, component, component.blockIndex(blockRow, column));
        checkFileGoesOn(blockRow / component.vertical);
    }

    private void readBlock(int part, JpegComponent component, int index) {
        int last = blocks.read(part, component.coefficients, index * JpegComponent.COEFFICIENTS);
        component.lastNonZero[index] = (byte) Math.max(component.lastNonZero[index], last);
    }

    private void beginMcu() throws RejectedException {
        if (restartInterval == 0) {
            return;
        }
        if (untilRestart == 0) {
            bits.restart(restarts++ & 7);
            blocks.restart();
            untilRestart = restartInterval;
        }
        untilRestart--;
    }

    private void checkFileGoesOn(int row) throws RejectedException {
        if (bits.ranOut()) {
            throw RejectedException.truncated(
                    "the file ends in row " + row + " of the " + frame.mcuRows() + " rows of blocks");
        }
    }

    private static void checkMcuSize(List<JpegScan.Part> parts) throws RejectedException {
        int total = 0;
        for (JpegScan.Part part : parts) {
            total += part.component().horizontal * part.component().vertical;
        }
        if (total > 10) {
            throw RejectedException.corrupt("an MCU of " + total + " blocks (at most 10)");
        }
    }
}

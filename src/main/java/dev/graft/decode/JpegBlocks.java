package dev.graft.decode;

/** Reads the coefficients that a scan gives of one block after the other. */
interface JpegBlocks {
    /**
     * Reads one block and gives the place of the last coefficient that the scan may have changed.
     *
     * @param part the number of the component within the scan
     * @param coefficients in zigzag order within each block
     * @param at where those of the block begin
     */
    int read(int part, short[] coefficients, int at);

    /** Forgets what earlier blocks left behind, at a restart marker. */
    void restart();

    static JpegBlocks of(JpegFrame frame, JpegScan scan, JpegTables tables, JpegBits bits) throws RejectedException {
        if (frame.coding() == JpegFrame.Coding.SEQUENTIAL) {
            tables.useStandardCodes();
            return new SequentialBlocks(bits, dcTables(scan, tables), acTables(scan, tables));
        }
        scan.checkProgression();
        if (scan.first() == 0) {
            return scan.isRefinement()
                    ? new DcRefinementBlocks(bits, scan.low())
                    : new DcBlocks(bits, dcTables(scan, tables), scan.low());
        }
        HuffmanTable table = tables.ac(scan.parts().get(0).acTable());
        return scan.isRefinement() ? new AcRefinementBlocks(bits, table, scan) : new AcBlocks(bits, table, scan);
    }

    private static HuffmanTable[] dcTables(JpegScan scan, JpegTables tables) throws RejectedException {
        HuffmanTable[] found = new HuffmanTable[scan.parts().size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = tables.dc(scan.parts().get(i).dcTable());
        }
        return found;
    }

    private static HuffmanTable[] acTables(JpegScan scan, JpegTables tables) throws RejectedException {
        HuffmanTable[] found = new HuffmanTable[scan.parts().size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = tables.ac(scan.parts().get(i).acTable());
        }
        return found;
    }
}

package dev.graft.decode;

/**
 * Run-length coded pixels, of 8 bits or of 4, as OpenCV reads them: what is skipped has the palette's first colour, a
 * run does not go past the end of its row, and of 4 bits a step to another place stays in its row and the end of the
 * picture ends a row only.
 */
final class BmpRuns {
    private static final int END_OF_ROW = 0;
    private static final int END_OF_PICTURE = 1;
    private static final int STEP = 2;

    private final BmpFile file;
    private final BmpCanvas canvas;
    private final BmpPalette palette;
    private final ByteCursor codes;

    private int x;
    private int y;

    BmpRuns(byte[] bytes, BmpFile file) throws RejectedException {
        int bits = file.compression() == BmpFile.RUNS_OF_8_BITS ? 8 : 4;
        if (file.bits() != bits || !file.knowsColours()) {
            throw file.unsupported();
        }
        this.file = file;
        this.palette = BmpPalette.of(bytes, file);
        this.canvas = file.canvas();
        this.codes = new ByteCursor(bytes, file.pixelsAt());
    }

    RgbImage decode() throws RejectedException {
        if (file.bits() == 8) {
            decode8();
        } else {
            decode4();
        }
        return canvas.image();
    }

    private void decode8() throws RejectedException {
        boolean endsRow = false;
        while (y < canvas.height()) {
            int count = codes.unsignedByte();
            int code = codes.unsignedByte();
            int before = y;
            if (count > 0) {
                checkFits(count);
                fill(count, palette.colour(code));
                endsRow = y > before;
            } else if (code > STEP) {
                paint8(code);
                endsRow = false;
            } else {
                // After a run that filled its row, the end of that row says nothing new.
                if (code != END_OF_ROW || !endsRow || x > 0) {
                    fill(skipped8(code), palette.colour(0));
                }
                endsRow = false;
            }
        }
    }

    private long skipped8(int code) throws RejectedException {
        int restOfRow = canvas.width() - x;
        return switch (code) {
            case END_OF_ROW -> restOfRow;
            case END_OF_PICTURE -> restOfRow + (long) (canvas.height() - y) * canvas.width();
            default -> codes.unsignedByte() + (long) codes.unsignedByte() * canvas.width();
        };
    }

    private void decode4() throws RejectedException {
        while (y < canvas.height()) {
            int count = codes.unsignedByte();
            int code = codes.unsignedByte();
            if (count > 0) {
                run4(count, code);
            } else if (code > STEP) {
                paint4(code);
            } else {
                fill(skipped4(code), palette.colour(0));
            }
        }
    }

    private int skipped4(int code) throws RejectedException {
        if (code != STEP) {
            return canvas.width() - x;
        }
        int columns = codes.unsignedByte();
        codes.skip(1);
        return columns;
    }

    /** Two colours in turn. */
    private void run4(int count, int code) throws RejectedException {
        checkFits(count);
        int even = palette.colour(code >> 4);
        int odd = palette.colour(code & 0xF);
        int at = at();
        for (int i = 0; i < count; i++) {
            canvas.paint(at + i * RgbImage.CHANNELS, i % 2 == 0 ? even : odd);
        }
        x += count;
    }

    private void paint8(int count) throws RejectedException {
        checkFits(count);
        byte[] indices = codes.take(wholeWords(count));
        int at = at();
        for (int i = 0; i < count; i++) {
            canvas.paint(at + i * RgbImage.CHANNELS, palette.colour(indices[i] & 0xFF));
        }
        x += count;
    }

    private void paint4(int count) throws RejectedException {
        checkFits(count);
        byte[] indices = codes.take(wholeWords((count + 1) / 2));
        int at = at();
        for (int i = 0; i < count; i++) {
            int index = i % 2 == 0 ? indices[i / 2] >> 4 : indices[i / 2];
            canvas.paint(at + i * RgbImage.CHANNELS, palette.colour(index & 0xF));
        }
        x += count;
    }

    /** Fills up to the end of the picture at most; a row that is full ends. */
    private void fill(long count, int colour) {
        long left = count;
        do {
            int run = (int) Math.min(left, canvas.width() - x);
            int at = at();
            for (int i = 0; i < run; i++) {
                canvas.paint(at + i * RgbImage.CHANNELS, colour);
            }
            left -= run;
            x += run;
            if (x == canvas.width()) {
                x = 0;
                y++;
            }
        } while (left > 0 && y < canvas.height());
    }

    private void checkFits(int count) throws RejectedException {
        if (count > canvas.width() - x) {
            throw RejectedException.corrupt("a run of " + count + " pixels at " + x + " of a row of " + canvas.width());
        }
    }

    private int at() {
        return canvas.rowAt(y) + x * RgbImage.CHANNELS;
    }

    private static int wholeWords(int bytes) {
        return (bytes + 1) / 2 * 2;
    }
}

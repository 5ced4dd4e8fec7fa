package dev.graft.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Decodes the photos of a directory one after another in one thread; their files are in memory. */
final class DecodeLoop implements Contender {
    /** Photos whose pixels are compared. */
    static final int COMPARED = 16;

    private final PhotoDecoder decoder;
    private final List<byte[]> photos = new ArrayList<>();
    private final float[] rgb = new float[PhotoDecoder.VALUES];

    /** @param arguments a {@link Library}, a directory of photos, and a {@link Reencoding} */
    DecodeLoop(String... arguments) throws IOException {
        this.decoder = Library.valueOf(arguments[0]).decoder();
        Reencoding format = Reencoding.valueOf(arguments[2]);
        for (Path photo : PhotoFolder.at(Path.of(arguments[1])).photos()) {
            photos.add(format.of(Files.readAllBytes(photo)));
        }
    }

    /** What decodes. */
    enum Library {
        GRAFT,
        OPENCV,
        IMAGE_IO;

        private PhotoDecoder decoder() {
            return switch (this) {
                case GRAFT -> new GraftDecoder();
                case OPENCV -> new OpenCvDecoder();
                case IMAGE_IO -> new ImageIoDecoder();
            };
        }
    }

    @Override
    public float[] output() throws IOException {
        int count = Math.min(COMPARED, photos.size());
        float[] all = new float[count * PhotoDecoder.VALUES];
        for (int i = 0; i < count; i++) {
            decoder.decode(photos.get(i), rgb);
            System.arraycopy(rgb, 0, all, i * PhotoDecoder.VALUES, PhotoDecoder.VALUES);
        }
        return all;
    }

    @Override
    public double round() throws IOException {
        for (byte[] photo : photos) {
            decoder.decode(photo, rgb);
        }
        return photos.size();
    }

    @Override
    public void close() {
        decoder.close();
    }
}

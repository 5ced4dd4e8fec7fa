package dev.graft.bench;

import dev.graft.decode.DecodeSettings;
import dev.graft.decode.ImageDecoder;
import dev.graft.decode.Resizer;
import dev.graft.decode.RgbImage;
import dev.graft.settings.Settings;
import java.io.IOException;

/** Graft's own decoder and resizer, with the default settings. */
final class GraftDecoder implements PhotoDecoder {
    private final ImageDecoder decoder;
    private final Resizer resizer;

    GraftDecoder() {
        DecodeSettings settings = DecodeSettings.from(Settings.withDefaults());
        this.decoder = new ImageDecoder(settings);
        this.resizer = new Resizer(settings.resize(), SIZE);
    }

    @Override
    public void decode(byte[] jpeg, float[] rgb) throws IOException {
        if (decoder.decode(jpeg) instanceof RgbImage image) {
            resizer.resize(image, rgb, 0);
        } else {
            throw new IOException("Cannot decode a photo of " + jpeg.length + " bytes: Graft rejects it");
        }
    }
}

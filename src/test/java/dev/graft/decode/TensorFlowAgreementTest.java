package dev.graft.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.SharedReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Holds the decoder against what {@code tf.io.decode_image(channels=3)} of TensorFlow 2.21 made of the same files. Those
 * that differ are the ones of {@code known-differences.txt}, and no others; docs/decoding.md explains them. What they are
 * is written to {@code target/decoder-differences.txt}.
 */
class TensorFlowAgreementTest {
    private static final double MEAN_DIFFERENCE = 1;
    private static final double MEAN_DIFFERENCE_OF_CMYK = 3;
    private static final Path DIFFERENCES = Path.of("target", "decoder-differences.txt");

    private final ImageDecoder decoder = new ImageDecoder(Drawings.SETTINGS);

    @Test
    void photosAreDecodedToTensorFlowsBytes() throws IOException {
        for (JsonNode photo :
                SharedReference.json("keras-reference/image_decode_resize.json").get("images")) {
            Path path =
                    SharedReference.path("cats_vs_dogs/" + photo.get("image").asText());
            RgbImage image = (RgbImage) decoder.decode(Files.readAllBytes(path));

            assertThat(sha256(image.rgb()))
                    .as(photo.get("image").asText())
                    .isEqualTo(photo.get("decoded_sha256").asText());
        }
    }

    @Test
    void corpusIsDecodedAsByTensorFlow() throws IOException {
        List<Comparison> all = compareCorpus();
        writeDifferences(all);
        List<Comparison> jpegs = select(all, compared -> compared.file().is("jpeg"));
        List<Comparison> pngs = select(all, compared -> compared.file().is("png"));

        assertThat(jpegs).hasSize(200);
        assertThat(all.stream()
                        .flatMap(compared -> compared.difference().stream())
                        .sorted())
                .containsExactlyElementsOf(known());
        assertThat(select(accepted(concat(jpegs, pngs)), compared -> !compared.isSamePicture()))
                .isEmpty();
    }

    @Test
    void filesThatPromiseHugePicturesAreRejected() throws IOException {
        List<CorpusFile> huge =
                CorpusFile.all().stream().filter(CorpusFile::isHuge).toList();

        assertThat(huge).isNotEmpty();
        for (CorpusFile file : huge) {
            assertThat(decoder.decode(file.bytes())).as(file.name()).isInstanceOf(Rejected.class);
        }
    }

    private List<Comparison> compareCorpus() throws IOException {
        List<Comparison> comparisons = new ArrayList<>();
        for (CorpusFile file : CorpusFile.all()) {
            if (!file.isHuge()) {
                comparisons.add(new Comparison(file, decoder.decode(file.bytes())));
            }
        }
        return comparisons;
    }

    private static List<String> known() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(TensorFlowAgreementTest.class.getResourceAsStream("known-differences.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static List<Comparison> accepted(List<Comparison> comparisons) {
        return select(comparisons, compared -> compared.file().isAccepted() && compared.isAccepted());
    }

    private static List<Comparison> select(List<Comparison> from, Predicate<Comparison> wanted) {
        return from.stream().filter(wanted).toList();
    }

    private static List<Comparison> concat(List<Comparison> some, List<Comparison> others) {
        List<Comparison> both = new ArrayList<>(some);
        both.addAll(others);
        return both;
    }

    private static void writeDifferences(List<Comparison> all) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String format : List.of("jpeg", "png", "gif", "bmp", "webp")) {
            List<Comparison> some = select(all, compared -> compared.file().is(format));
            text.append(String.format(
                    Locale.ROOT,
                    "%s: %d files, %d decided alike, %d decoded by both, %d of them to the same bytes%n",
                    format,
                    some.size(),
                    select(some, Comparison::isSameDecision).size(),
                    accepted(some).size(),
                    select(some, Comparison::isSameBytes).size()));
        }
        for (Comparison compared : all) {
            if (compared.difference().isPresent()) {
                text.append(compared.describe()).append(System.lineSeparator());
            }
        }
        Files.createDirectories(DIFFERENCES.getParent());
        Files.writeString(DIFFERENCES, text);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One file, and what became of it here. */
    private record Comparison(CorpusFile file, Decoded decoded) {
        boolean isAccepted() {
            return decoded instanceof RgbImage;
        }

        boolean isSameDecision() {
            return isAccepted() == file.isAccepted();
        }

        boolean isSameBytes() {
            return decoded instanceof RgbImage image && sha256(image.rgb()).equals(file.sha256());
        }

        Optional<String> difference() {
            if (!isSameDecision()) {
                return Optional.of((isAccepted() ? "accepted" : "rejected") + " here only: " + file.name());
            }
            return isAccepted() && !isSameBytes() ? Optional.of("other pixels: " + file.name()) : Optional.empty();
        }

        /** The same shape, and nearly the same mean colour. */
        boolean isSamePicture() {
            double allowed = file.isCmyk() ? MEAN_DIFFERENCE_OF_CMYK : MEAN_DIFFERENCE;
            return decoded instanceof RgbImage image
                    && file.shape().equals(image.height() + "x" + image.width() + "x3")
                    && meanDifference(image) <= allowed;
        }

        double meanDifference(RgbImage image) {
            double[] sums = new double[RgbImage.CHANNELS];
            for (int i = 0; i < image.rgb().length; i++) {
                sums[i % RgbImage.CHANNELS] += image.rgb()[i] & 0xFF;
            }
            double largest = 0;
            for (int channel = 0; channel < sums.length; channel++) {
                double mean = sums[channel] / (image.width() * (double) image.height());
                largest = Math.max(largest, Math.abs(mean - file.meanColour()[channel]));
            }
            return largest;
        }

        String describe() {
            String ours = decoded instanceof RgbImage image
                    ? String.format(
                            Locale.ROOT,
                            "%dx%d%s",
                            image.width(),
                            image.height(),
                            file.isAccepted() ? ", mean colour differs by " + meanDifference(image) : "")
                    : decoded.toString();
            return file.name() + " (" + file.special() + "): here " + ours + "; TensorFlow: "
                    + (file.isAccepted() ? file.shape() : "error");
        }
    }
}

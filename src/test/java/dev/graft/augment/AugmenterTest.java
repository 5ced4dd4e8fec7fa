package dev.graft.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.settings.InvalidInputException;
import dev.graft.settings.Settings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AugmenterTest {
    private static final int SIZE = 12;
    private static final String CONTENT = "00112233445566778899aabbccddeeff".repeat(2);
    private static final String OTHER_CONTENT = "10112233445566778899aabbccddeeff".repeat(2);
    private static final Offset<Float> TOLERANCE = Offset.offset(1e-3f);

    private final float[] image = image();

    @Test
    void anotherEpochDrawsAnewAndARetryDrawsTheSame() {
        AugmentSettings settings = settings("augment.flip=horizontal", "augment.rotation=0.1", "augment.contrast=0.3");

        float[] first = augmented(settings, CONTENT, 1);
        assertThat(augmented(settings, CONTENT, 2)).isNotEqualTo(first);
        assertThat(augmented(settings, OTHER_CONTENT, 1)).isNotEqualTo(first);
        assertThat(augmented(settings("augment.seed=7", "augment.rotation=0.1"), CONTENT, 1))
                .isNotEqualTo(augmented(settings("augment.rotation=0.1"), CONTENT, 1));
        assertThat(augmented(settings, CONTENT, 1)).isEqualTo(first);
    }

    @Test
    void whatCameBeforeChangesNothing() {
        AugmentSettings settings = settings("augment.flip=vertical", "augment.brightness=0.2");
        float[] alone = augmented(settings, CONTENT, 3);

        Augmenter augmenter = new Augmenter(settings, SIZE);
        float[] after = new float[image.length];
        augmenter.augment(image, OTHER_CONTENT, 3, after, 0);
        augmenter.augment(image, CONTENT, 3, after, 0);

        assertThat(after).isEqualTo(alone);
    }

    @Test
    void withoutSettingsAnImageStaysAsItIs() {
        AugmentSettings none = AugmentSettings.from(Settings.withDefaults());

        assertThat(none.isEmpty()).isTrue();
        assertThat(none.assignments()).isEmpty();
        assertThat(augmented(none, CONTENT, 1)).isEqualTo(image);
    }

    @Test
    void everySettingIsInTheAssignmentsWhichMakeItAnew() {
        Set<List<String>> descriptions = new HashSet<>();
        List<String> all = List.of(
                "augment.flip=vertical",
                "augment.rotation=0.1",
                "augment.rotation=[0, 0.1]",
                "augment.zoom.height=0.1",
                "augment.zoom.width=0.1",
                "augment.translation.height=0.1",
                "augment.translation.width=0.1",
                "augment.contrast=0.1",
                "augment.brightness=0.1");

        all.forEach(setting -> descriptions.add(settings(setting).assignments()));
        descriptions.add(
                settings("augment.rotation=0.1", "augment.fill-mode=wrap").assignments());
        descriptions.add(settings("augment.rotation=0.1", "augment.interpolation=nearest")
                .assignments());
        descriptions.add(settings("augment.rotation=0.1", "augment.seed=1").assignments());

        descriptions.forEach(assignments -> assertThat(
                        settings(assignments.toArray(String[]::new)).assignments())
                .isEqualTo(assignments));
        assertThat(descriptions).hasSize(all.size() + 3).doesNotContain(List.of());
    }

    /** Keras: a factor of 0.5 shows half as much again; what lies beyond is filled. */
    @Test
    void zoomingOutShowsMoreThanTheImage() {
        Canvas canvas = loaded();

        Projection.zoom(1.5, 1.5, SIZE, SIZE).apply(canvas, new Sampling(FillMode.CONSTANT, 9, Interpolation.BILINEAR));

        assertThat(canvas.value(0, 0, 0, -1)).isEqualTo(9);
        float middle = canvas.value(SIZE / 2, SIZE / 2, 0, -1);
        assertThat(middle).isEqualTo(bilinear(5.5f + 0.75f, 5.5f + 0.75f, 0), TOLERANCE);
    }

    @Test
    void aTranslationMovesDownAndRight() {
        Canvas canvas = loaded();

        Projection.translation(2, 1).apply(canvas, new Sampling(FillMode.CONSTANT, 0, Interpolation.NEAREST));

        assertThat(canvas.value(1, 5, 1, -1)).isZero();
        assertThat(canvas.value(7, 0, 1, -1)).isZero();
        assertThat(canvas.value(7, 5, 1, -1)).isEqualTo(pixel(5, 4, 1));
    }

    @Test
    void contrastSpreadsEachChannelAroundItsMean() {
        Canvas canvas = loaded();

        RandomContrast.spread(canvas, 0.5f);

        float mean = mean(2);
        assertThat(canvas.value(3, 4, 2, -1)).isEqualTo(mean + (pixel(3, 4, 2) - mean) / 2, TOLERANCE);
    }

    @Test
    void brightnessAddsAShareOfTheRangeAndStaysInIt() {
        Canvas canvas = loaded();

        RandomBrightness.add(canvas, 51);

        for (int i = 0; i < image.length; i++) {
            assertThat(canvas.values()[i]).isEqualTo(Math.min(image[i] + 51, 255), TOLERANCE);
        }
    }

    /** Each fill mode on the row 0 1 2 3: two places beyond either end. */
    @Test
    void fillModesContinueAnImageAsKerasDescribesThem() {
        assertThat(beyond(FillMode.REFLECT)).containsExactly(1, 0, 0, 1, 2, 3, 3, 2);
        assertThat(beyond(FillMode.NEAREST)).containsExactly(0, 0, 0, 1, 2, 3, 3, 3);
        assertThat(beyond(FillMode.WRAP)).containsExactly(2, 3, 0, 1, 2, 3, 0, 1);
    }

    @Test
    void halfOfTheImagesAreFlipped() {
        AugmentSettings settings = settings("augment.flip=horizontal");
        long flipped = new SplittableRandom(3)
                .longs(1000)
                .filter(content -> !Arrays.equals(augmented(settings, String.format("%016x", content), 1), image))
                .count();

        assertThat(flipped).isBetween(440L, 560L);
    }

    @Test
    void aSettingThatIsNoIntervalIsRefused() {
        assertThatThrownBy(() -> settings("augment.rotation=[0.2, 0.1]"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Invalid augment.rotation: [0.2,0.1]")
                .hasMessageContaining("expected a number, or a list of two that do not fall, from -1.0 to 1.0");
        assertThatThrownBy(() -> settings("augment.brightness=2"))
                .hasMessageContaining("Invalid augment.brightness: '2'");
        assertThatThrownBy(() -> settings("augment.flip=sideways"))
                .hasMessageContaining("expected one of none, horizontal, vertical, horizontal-and-vertical");
    }

    private static int[] beyond(FillMode mode) {
        int[] read = new int[8];
        for (int i = 0; i < read.length; i++) {
            read[i] = Math.round(mode.map(i - 2, 4));
        }
        return read;
    }

    private static AugmentSettings settings(String... assignments) {
        Settings settings = Settings.load(List.of(), List.of(assignments));
        AugmentSettings augment = AugmentSettings.from(settings);
        settings.check();
        return augment;
    }

    private float[] augmented(AugmentSettings settings, String sha256, long round) {
        float[] target = new float[image.length];
        new Augmenter(settings, SIZE).augment(image, sha256, round, target, 0);
        return target;
    }

    private Canvas loaded() {
        Canvas canvas = new Canvas(SIZE, SIZE);
        canvas.load(image);
        return canvas;
    }

    private static float[] image() {
        SplittableRandom random = new SplittableRandom(1);
        float[] image = new float[SIZE * SIZE * 3];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextInt(256);
        }
        return image;
    }

    private float pixel(int row, int column, int channel) {
        return image[(row * SIZE + column) * 3 + channel];
    }

    private float mean(int channel) {
        double sum = 0;
        for (int i = channel; i < image.length; i += 3) {
            sum += image[i];
        }
        return (float) (sum / SIZE / SIZE);
    }

    private float bilinear(float y, float x, int channel) {
        int top = (int) y;
        int left = (int) x;
        float below = y - top;
        float right = x - left;
        return (1 - below) * ((1 - right) * pixel(top, left, channel) + right * pixel(top, left + 1, channel))
                + below * ((1 - right) * pixel(top + 1, left, channel) + right * pixel(top + 1, left + 1, channel));
    }
}

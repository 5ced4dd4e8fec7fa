package dev.graft.drawn;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawnImagesTest {
    private static final long SEED = 17;
    private static final int SIZE = 48;
    private static final int PICTURES = 100;

    @ParameterizedTest
    @EnumSource
    void sameSeedAndIndexDrawTheSamePicture(DrawnClass drawn) {
        assertThat(pixels(DrawnImages.draw(drawn, SEED, 3))).isEqualTo(pixels(DrawnImages.draw(drawn, SEED, 3)));
        assertThat(DrawnImages.drawSquare(drawn, SEED, 3, SIZE))
                .isEqualTo(DrawnImages.drawSquare(drawn, SEED, 3, SIZE));
    }

    @ParameterizedTest
    @EnumSource
    void anotherIndexOrSeedDrawsAnotherPicture(DrawnClass drawn) {
        byte[] picture = DrawnImages.drawSquare(drawn, SEED, 3, SIZE);
        assertThat(DrawnImages.drawSquare(drawn, SEED, 4, SIZE)).isNotEqualTo(picture);
        assertThat(DrawnImages.drawSquare(drawn, SEED + 1, 3, SIZE)).isNotEqualTo(picture);
    }

    @ParameterizedTest
    @EnumSource
    void sidesAreBetween120And400AndNotSquare(DrawnClass drawn) {
        for (int index = 0; index < 25; index++) {
            BufferedImage picture = DrawnImages.draw(drawn, SEED, index);
            assertThat(List.of(picture.getWidth(), picture.getHeight())).allMatch(side -> side >= 120 && side <= 400);
            assertThat(picture.getWidth()).isNotEqualTo(picture.getHeight());
        }
    }

    @Test
    void bothFormatsOccur() {
        int landscapes = 0;
        for (int index = 0; index < 60; index++) {
            BufferedImage picture = DrawnImages.draw(DrawnClass.CAT, SEED, index);
            landscapes += picture.getWidth() > picture.getHeight() ? 1 : 0;
        }
        assertThat(landscapes).isBetween(15, 45);
    }

    @Test
    void squarePictureHasThreeBytesPerPixel() {
        assertThat(DrawnImages.drawSquare(DrawnClass.STAR, SEED, 0, 96)).hasSize(96 * 96 * 3);
    }

    @Test
    void squarePictureIsRedGreenBlueInRowsFromTheTop() {
        BufferedImage expected = DrawnImages.picture(DrawnClass.DOG, SIZE, SIZE, Dice.of(DrawnClass.DOG, SEED, 5));
        byte[] actual = DrawnImages.drawSquare(DrawnClass.DOG, SEED, 5, SIZE);
        int x = 31;
        int y = 9;
        int rgb = expected.getRGB(x, y);
        int at = 3 * (y * SIZE + x);
        assertThat(new int[] {actual[at] & 0xFF, actual[at + 1] & 0xFF, actual[at + 2] & 0xFF})
                .containsExactly((rgb >> 16) & 0xFF, (rgb >> 8) & 0xFF, rgb & 0xFF);
    }

    @Test
    void theBaseIsPretrainedOnEveryClassTheDemosAmongThem() {
        assertThat(DrawnClass.pretraining()).hasSize(19).containsAll(DrawnClass.animals());
    }

    @Test
    void meanColourDoesNotTellCatsFromDogs() {
        assertThat(nearestCentroidAccuracy(DrawnClass.animals(), 4 * PICTURES)).isLessThan(0.65);
    }

    @Test
    void meanColourHardlyTellsTheShapes() {
        assertThat(nearestCentroidAccuracy(DrawnClass.pretraining(), PICTURES)).isLessThan(2.0 / 19);
    }

    /** Centroids from the even indices, accuracy on the odd ones. */
    private static double nearestCentroidAccuracy(List<DrawnClass> classes, int perClass) {
        double[][] centroids = new double[classes.size()][3];
        for (int label = 0; label < classes.size(); label++) {
            for (int index = 0; index < perClass; index += 2) {
                add(centroids[label], meanColour(classes.get(label), index), 2.0 / perClass);
            }
        }
        int right = 0;
        for (int label = 0; label < classes.size(); label++) {
            for (int index = 1; index < perClass; index += 2) {
                right += nearest(centroids, meanColour(classes.get(label), index)) == label ? 1 : 0;
            }
        }
        return right / (classes.size() * perClass / 2.0);
    }

    private static double[] meanColour(DrawnClass drawn, int index) {
        byte[] picture = DrawnImages.drawSquare(drawn, SEED, index, SIZE);
        double[] mean = new double[3];
        for (int i = 0; i < picture.length; i++) {
            mean[i % 3] += (picture[i] & 0xFF) / (double) (SIZE * SIZE);
        }
        return mean;
    }

    private static int nearest(double[][] centroids, double[] color) {
        int best = 0;
        for (int label = 1; label < centroids.length; label++) {
            best = squaredDistance(centroids[label], color) < squaredDistance(centroids[best], color) ? label : best;
        }
        return best;
    }

    private static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static void add(double[] sum, double[] color, double weight) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += weight * color[i];
        }
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }
}

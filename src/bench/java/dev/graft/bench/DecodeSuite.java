package dev.graft.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Decoding and resizing to 150 pixels, photos per second of one core. */
final class DecodeSuite implements Suite {
    private static final String KEY = "decode/opencv";
    private static final String PNG_KEY = "decode/opencv-png";
    private static final String WEBP_KEY = "decode/opencv-webp";
    private static final double LEAST = 0.9;
    private static final int PHOTOS = 1_000;
    private static final String GRAFT = "graft";
    private static final String OPENCV = "opencv";
    /**
     * Seven levels of 255. How exactly a JPEG is decoded is left open by its standard: Graft does as TensorFlow does,
     * and rounds elsewhere than the others.
     */
    private static final double TOLERANCE = 7.0 / 255;

    private final BenchSettings settings;
    private final Photos photos;
    private final Progress progress;
    private final ClassPaths classPaths;

    DecodeSuite(BenchSettings settings, Photos photos, Progress progress) {
        this.settings = settings;
        this.photos = photos;
        this.progress = progress;
        this.classPaths = new ClassPaths(settings.root());
    }

    @Override
    public Set<String> keys() {
        return Set.of(KEY, PNG_KEY, WEBP_KEY);
    }

    @Override
    public void run(Report report) throws IOException {
        PhotoFolder folder = photos.folder(PHOTOS);
        try (Contenders contenders = Contenders.start(launches(folder), settings.work(), progress)) {
            Agreement.check(contenders.processes(), TOLERANCE, progress);
            Rates rates = new Alternation(settings.alternations(), progress).run(contenders.processes(), "photos/s");
            report.result(KEY, rates.ratio(GRAFT, OPENCV), Target.atLeast(LEAST));
            report.figures("decode", "photos/s per core", rates);
        }
        beside(folder, Reencoding.PNG, PNG_KEY, report);
        beside(folder, Reencoding.WEBP, WEBP_KEY, report);
        report.note("decode: " + PHOTOS + " " + photos.description() + "; the files are in memory, but Spark's source"
                + " reads them from the disk's cache and does not resize. javax.imageio resizes in whole levels.");
    }

    /** The same photos in a format that both leave to OpenCV: what is measured is what Graft does around it. */
    private void beside(PhotoFolder folder, Reencoding format, String key, Report report) throws IOException {
        List<ContenderLaunch> launches = List.of(
                loop(GRAFT, DecodeLoop.Library.GRAFT, folder, format),
                loop(OPENCV, DecodeLoop.Library.OPENCV, folder, format));
        try (Contenders contenders = Contenders.start(launches, settings.work(), progress)) {
            Agreement.check(contenders.processes(), TOLERANCE, progress);
            Rates rates = new Alternation(settings.alternations(), progress).run(contenders.processes(), "photos/s");
            report.result(key, rates.ratio(GRAFT, OPENCV), Target.atLeast(LEAST));
            report.figures(key, "photos/s per core", rates);
        }
    }

    private List<ContenderLaunch> launches(PhotoFolder folder) {
        return List.of(
                loop(GRAFT, DecodeLoop.Library.GRAFT, folder, Reencoding.JPEG),
                loop(OPENCV, DecodeLoop.Library.OPENCV, folder, Reencoding.JPEG),
                loop("javax.imageio", DecodeLoop.Library.IMAGE_IO, folder, Reencoding.JPEG),
                onOneCore(LocalSpark.prepared(
                        ContenderLaunch.of(
                                "spark image source",
                                SparkImageSource.class,
                                classPaths.graft(),
                                folder.directory(),
                                folder.photos().size()),
                        settings.root())));
    }

    private ContenderLaunch loop(String name, DecodeLoop.Library library, PhotoFolder folder, Reencoding format) {
        return onOneCore(ContenderLaunch.of(name, DecodeLoop.class, classPaths.graft(), library, folder.directory(), format)
                .withJavaOptions("-Djava.awt.headless=true"));
    }

    /** The collector of garbage, too, has no core of its own. */
    private static ContenderLaunch onOneCore(ContenderLaunch launch) {
        return launch.withJavaOptions("-XX:ActiveProcessorCount=1");
    }
}

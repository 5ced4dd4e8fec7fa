package dev.graft.decode;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/**
 * The native image decoders of this JVM, as they describe themselves; what they cannot tell is {@code unknown}.
 *
 * @param openCv version of OpenCV, which has the others inside
 */
public record NativeDecoders(String openCv, String libwebp, String libpng, String zlib, String libjpegTurbo)
        implements Serializable {
    private static final long serialVersionUID = 1;

    private static final String UNKNOWN = "unknown";

    /** A function that returns a constant, in code for x86-64: endbr64 (perhaps), mov eax, constant, ret. */
    private static final byte[] BRANCH_TARGET = {(byte) 0xF3, 0x0F, 0x1E, (byte) 0xFA};

    private static final byte MOVE_CONSTANT = (byte) 0xB8;
    private static final byte RETURN = (byte) 0xC3;
    private static final int LONGEST_FUNCTION = 10;

    /**
     * Loads the decoders.
     *
     * @throws IllegalStateException if they cannot be loaded
     */
    public static NativeDecoders load() {
        try {
            Loader.load(opencv_imgcodecs.class);
            try (BytePointer text = opencv_core.getBuildInformation()) {
                String built = text.getString();
                return new NativeDecoders(
                        opencv_core.CV_VERSION,
                        versionOfWebp(),
                        version(built, "PNG"),
                        version(built, "ZLib"),
                        version(built, "JPEG"));
            }
        } catch (LinkageError e) {
            throw new IllegalStateException("the native image decoders do not load: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "OpenCV " + openCv + " with libwebp " + libwebp + ", libpng " + libpng + ", zlib " + zlib
                + ", libjpeg-turbo " + libjpegTurbo;
    }

    /** As OpenCV's description of its build has it, such as {@code PNG: build (ver 1.6.57)}. */
    private static String version(String built, String library) {
        Matcher found = Pattern.compile("^\\s*" + library + ":.*\\(ver ([0-9.]+)", Pattern.MULTILINE)
                .matcher(built);
        return found.find() ? found.group(1) : UNKNOWN;
    }

    /** OpenCV tells the version of libwebp's interface only; libwebp's own function is there, but has no Java. */
    private static String versionOfWebp() {
        Pointer function = Loader.addressof("WebPGetDecoderVersion");
        if (function == null) {
            return UNKNOWN;
        }
        byte[] code = new byte[LONGEST_FUNCTION];
        new BytePointer(function).capacity(LONGEST_FUNCTION).get(code);
        int at = Arrays.equals(Arrays.copyOf(code, BRANCH_TARGET.length), BRANCH_TARGET) ? BRANCH_TARGET.length : 0;
        if (code[at] != MOVE_CONSTANT || code[at + 1 + Integer.BYTES] != RETURN) {
            return UNKNOWN;
        }
        int version = ByteBuffer.wrap(code).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 1);
        return (version >> 16) + "." + (version >> 8 & 0xFF) + "." + (version & 0xFF);
    }
}

package dev.graft.decode;

import java.util.HexFormat;
import java.util.List;

/** The Huffman codes of ITU T.81, K.3, which frames of motion JPEG leave out: for luma, then for chroma. */
final class StandardHuffmanCodes {
    private static final String DC_SYMBOLS = "000102030405060708090a0b";

    static final List<HuffmanCode> DC = List.of(
            code("00010501010101010100000000000000", DC_SYMBOLS), code("00030101010101010101010000000000", DC_SYMBOLS));

    static final List<HuffmanCode> AC = List.of(
            code(
                    "0002010303020403050504040000017d",
                    "01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718"
                            + "191a25262728292a3435363738393a434445464748494a535455565758595a636465666768696a737475"
                            + "767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3"
                            + "c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa"),
            code(
                    "00020102040403040705040400010277",
                    "000102031104052131120641510761711322328108144291a1b1c109233352f0156272d10a162434e125"
                            + "f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768696a7374"
                            + "75767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9ba"
                            + "c2c3c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa"));

    private StandardHuffmanCodes() {}

    private static HuffmanCode code(String counts, String symbols) {
        byte[] ofLengths = HexFormat.of().parseHex(counts);
        int[] fromOne = new int[HuffmanCode.LONGEST + 1];
        for (int i = 0; i < HuffmanCode.LONGEST; i++) {
            fromOne[i + 1] = ofLengths[i];
        }
        return new HuffmanCode(fromOne, HexFormat.of().parseHex(symbols));
    }
}

package dev.graft.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import onnx.Onnx.Version;
import org.nd4j.shade.protobuf.ByteString;

/** Writes ONNX models that multiply their input with a constant matrix. */
final class GemmModel {
    private static final int OPERATOR_SET = 13;
    private static final String CONSTANT = "b";
    private static final String PRODUCT = "product";

    private GemmModel() {}

    /** Writes a model for each size that {@link GemmWorker} tries. */
    static void writeAll(Path directory) throws IOException {
        for (int size : GemmWorker.SIZES) {
            Files.write(OnnxRuntimeGemm.model(directory, size), model(size).toByteArray());
        }
    }

    private static ModelProto model(int size) {
        GraphProto graph = GraphProto.newBuilder()
                .setName("gemm")
                .addInput(matrix(OnnxRuntimeGemm.INPUT, size))
                .addInitializer(constant(size))
                .addNode(NodeProto.newBuilder()
                        .setOpType("MatMul")
                        .addInput(OnnxRuntimeGemm.INPUT)
                        .addInput(CONSTANT)
                        .addOutput(PRODUCT))
                .addOutput(matrix(PRODUCT, size))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(Version.IR_VERSION_2020_5_8_VALUE)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build();
    }

    private static ValueInfoProto matrix(String name, int size) {
        Dimension.Builder dimension = Dimension.newBuilder().setDimValue(size);
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(TensorShapeProto.newBuilder().addDim(dimension).addDim(dimension));
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static TensorProto constant(int size) {
        float[] values = SharedInput.matrix(size);
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return TensorProto.newBuilder()
                .setName(CONSTANT)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addDims(size)
                .addDims(size)
                .setRawData(ByteString.copyFrom(bytes))
                .build();
    }
}

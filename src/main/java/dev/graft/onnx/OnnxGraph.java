package dev.graft.onnx;

import dev.graft.nn.FloatArrays;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.protobuf.ByteString;

/** An ONNX graph as it grows, all of it in floats; a node has one output, and both have the same name. */
final class OnnxGraph {
    /** The name of the first dimension of inputs and outputs: the number of images. */
    private static final String BATCH = "N";

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("network");

    /** Declares an input; its shape is that of one image. */
    void input(String name, String description, long... shape) {
        graph.addInput(value(name, description, shape));
    }

    /** Declares a tensor as an output; its shape is that of one image. */
    void output(String name, String description, long... shape) {
        graph.addOutput(value(name, description, shape));
    }

    /** Adds a node; returns the name of its output. */
    String add(String operator, String name, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(operator)
                .setName(name)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(Arrays.asList(attributes)));
        return name;
    }

    /** Adds an array of constants; returns its name. */
    String constant(String name, INDArray values) {
        float[] floats = FloatArrays.values(values);
        ByteBuffer bytes = ByteBuffer.allocate(floats.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(floats);
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .setRawData(ByteString.copyFrom(bytes));
        for (long size : values.shape()) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return name;
    }

    GraphProto build() {
        return graph.build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }

    private static ValueInfoProto value(String name, String description, long... shape) {
        TensorShapeProto.Builder dimensions =
                TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam(BATCH));
        for (long size : shape) {
            dimensions.addDim(Dimension.newBuilder().setDimValue(size));
        }
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder()
                .setElemType(TensorProto.DataType.FLOAT_VALUE)
                .setShape(dimensions);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setDocString(description)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}

"""Whisper's two halves as ONNX graphs, made in memory from the weights.

The encoder also computes what each layer of the decoder attends to, once for all phrases that
are read against a sound: that is where most of the time of scoring phrases went. Weights are
int8 with a scale for each column, activations int8 with a scale for each row.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper

from voice_app.audio.engines.whisper.weights import Weights, depth, number

Quantization = Literal["int8", "float32"]

_OPSETS = (helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1))
_IR_VERSION = 9
_EPSILON = 1e-5
_INT8 = 127
# Activations are stored as unsigned bytes around this zero, the kind that processors multiply
# fastest by signed ones.
_ZERO = 128
_TINY = 1e-9


def encoder(weights: Weights, quantization: Quantization) -> ModelProto:
    """Make the graph from `mel`, (1, 80, frames), to what each layer of the decoder attends to.

    Layer 0 gets `keys_0`, (heads, width / heads, frames / 2), and `values_0`, (heads,
    frames / 2, width / heads), and so on.
    """
    net = _Net(weights, "encoder", quantization)
    hidden = _convolved(net)
    for layer in range(depth(weights, "encoder")):
        name = f"encoder/layer_{layer}"
        hidden = _self_attended(net, hidden, name)
        hidden = _fed_forward(net, hidden, name)
    states = net.rows(net.norm(hidden, "encoder/layer_norm"))
    for layer in range(depth(weights, "decoder")):
        key, value = net.split(states, f"decoder/layer_{layer}/attention/linear_1", 2)
        net.give(f"keys_{layer}", net.heads(key, (1, 2, 0)))
        net.give(f"values_{layer}", net.heads(value))
    return net.model({"mel": TensorProto.FLOAT}, attended(weights))


def attended(weights: Weights) -> tuple[str, ...]:
    """Return the names of what the encoder gives and the decoder takes."""
    layers = range(depth(weights, "decoder"))
    return tuple(f"{kind}_{layer}" for layer in layers for kind in ("keys", "values"))


def decoder(weights: Weights, quantization: Quantization) -> ModelProto:
    """Make the graph that reads tokens against what the encoder gave.

    Inputs: `hidden`, (n, width), the tokens' embeddings at their places; `bias`, (n, past + n),
    0 where a token may look and very negative where not; `rows`, (m,), whose next token is
    asked for; all that the encoder gave; `past_keys` and `past_values`, (layers,
    heads, past, width / heads). Outputs: `logs`, (m, vocabulary), the natural logarithms of the
    next token's probabilities; `own_keys` and `own_values`, past and new together.
    """
    net = _Net(weights, "decoder", quantization)
    hidden, keys, values = "hidden", [], []
    for layer in range(depth(weights, "decoder")):
        name = f"decoder/layer_{layer}"
        hidden, key, value = _looked_back(net, hidden, layer)
        keys.append(net.stacked(key))
        values.append(net.stacked(value))
        hidden = _listened(net, hidden, layer)
        hidden = _fed_forward(net, hidden, name)
    last = net.op("Gather", net.norm(hidden, "decoder/layer_norm"), "rows")
    likely = net.linear(net.rows(last), weights["decoder/embeddings/weight"], bias=None)
    net.give("logs", net.op("LogSoftmax", likely, axis=-1))
    net.give("own_keys", net.op("Concat", *keys, axis=0))
    net.give("own_values", net.op("Concat", *values, axis=0))
    taken = ("hidden", "bias", "past_keys", "past_values")
    inputs = dict.fromkeys((*taken, *attended(weights)), TensorProto.FLOAT) | {
        "rows": TensorProto.INT64
    }
    return net.model(inputs, ("logs", "own_keys", "own_values"))


def _convolved(net: "_Net") -> str:
    hidden = "mel"
    for name, stride in (("encoder/conv1", 1), ("encoder/conv2", 2)):
        weight, bias = net.weight(f"{name}/weight"), net.weight(f"{name}/bias")
        made = net.op("Conv", hidden, weight, bias, pads=[1, 1], strides=[stride])
        hidden = net.op("Gelu", made)
    hidden = net.op("Transpose", net.op("Squeeze", hidden, net.whole(0)), perm=[1, 0])
    places = net.weight("encoder/position_encodings/encodings")
    size = net.op("Shape", hidden, start=0, end=1)
    return net.op("Add", hidden, net.op("Slice", places, net.whole(0), size, net.whole(0)))


def _self_attended(net: "_Net", hidden: str, layer: str) -> str:
    name = f"{layer}/self_attention"
    rows = net.rows(net.norm(hidden, f"{name}/layer_norm"))
    query, key, value = net.split(rows, f"{name}/linear_0", 3)
    likely = net.op("MatMul", net.query(query), net.heads(key, (1, 2, 0)))
    mixed = net.op("MatMul", net.op("Softmax", likely, axis=-1), net.heads(value))
    return net.added(hidden, net.merged(mixed), f"{name}/linear_1")


def _looked_back(net: "_Net", hidden: str, layer: int) -> tuple[str, str, str]:
    name = f"decoder/layer_{layer}/self_attention"
    rows = net.rows(net.norm(hidden, f"{name}/layer_norm"))
    query, key, value = net.split(rows, f"{name}/linear_0", 3)
    key = net.op("Concat", net.at("past_keys", layer), net.heads(key), axis=1)
    value = net.op("Concat", net.at("past_values", layer), net.heads(value), axis=1)
    likely = net.op("MatMul", net.query(query), net.op("Transpose", key, perm=[0, 2, 1]))
    likely = net.op("Softmax", net.op("Add", likely, "bias"), axis=-1)
    mixed = net.merged(net.op("MatMul", likely, value))
    return net.added(hidden, mixed, f"{name}/linear_1"), key, value


def _listened(net: "_Net", hidden: str, layer: int) -> str:
    name = f"decoder/layer_{layer}/attention"
    rows = net.rows(net.norm(hidden, f"{name}/layer_norm"))
    (query,) = net.split(rows, f"{name}/linear_0", 1)
    likely = net.op("MatMul", net.query(query), f"keys_{layer}")
    mixed = net.op("MatMul", net.op("Softmax", likely, axis=-1), f"values_{layer}")
    return net.added(hidden, net.merged(mixed), f"{name}/linear_2")


def _fed_forward(net: "_Net", hidden: str, layer: str) -> str:
    rows = net.rows(net.norm(hidden, f"{layer}/ffn/layer_norm"))
    (wide,) = net.split(rows, f"{layer}/ffn/linear_0", 1)
    return net.added(hidden, net.op("Gelu", wide), f"{layer}/ffn/linear_1")


class _Net:
    """A graph in the making. Methods add nodes and return the name of what they compute."""

    def __init__(self, weights: Weights, part: str, quantization: Quantization) -> None:
        self._weights = weights
        self._quantization = quantization
        self._heads = number(weights, f"{part}/num_heads")
        self._width = len(weights[f"{part}/layer_norm/gamma"])
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._scale = self.constant(np.float32((self._width // self._heads) ** -0.5))

    def model(self, inputs: Mapping[str, int], outputs: Sequence[str]) -> ModelProto:
        graph = helper.make_graph(
            self._nodes,
            "whisper",
            [helper.make_tensor_value_info(name, kind, None) for name, kind in inputs.items()],
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
            self._constants,
        )
        return helper.make_model(graph, opset_imports=_OPSETS, ir_version=_IR_VERSION)

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        name = f"made_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], domain=domain, **attributes))
        return name

    def give(self, name: str, made: str) -> None:
        self._nodes.append(helper.make_node("Identity", [made], [name]))

    def constant(self, array: Any) -> str:
        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.array(array, order="C"), name))
        return name

    def whole(self, *numbers: int) -> str:
        return self.constant(np.array(numbers, np.int64))

    def weight(self, name: str) -> str:
        return self.constant(self._weights[name].astype(np.float32))

    def norm(self, hidden: str, name: str) -> str:
        gamma, beta = self.weight(f"{name}/gamma"), self.weight(f"{name}/beta")
        return self.op("LayerNormalization", hidden, gamma, beta, axis=-1, epsilon=_EPSILON)

    def rows(self, hidden: str) -> tuple[str, str]:
        """Quantize each row by its own largest number: the bytes, and what one is worth."""
        if self._quantization == "float32":
            return hidden, ""
        most = self.op("ReduceMax", self.op("Abs", hidden), self.whole(-1), keepdims=1)
        worth = self.op("Mul", most, self.constant(np.float32(1 / _INT8)))
        worth = self.op("Add", worth, self.constant(np.float32(_TINY)))
        # A cast cuts off what is behind the point: half a step more makes it round.
        shifted = self.op(
            "Add", self.op("Div", hidden, worth), self.constant(np.float32(_ZERO + 0.5))
        )
        return self.op("Cast", shifted, to=TensorProto.UINT8), worth

    def linear(
        self, rows: tuple[str, str], weight: NDArray[Any], *, bias: NDArray[Any] | None
    ) -> str:
        """Multiply by a weight of shape (out, in)."""
        hidden, worth = rows
        full = weight.astype(np.float32)
        if not worth:
            made = self.op("MatMul", hidden, self.constant(full.T))
        else:
            made = self.op("Mul", self._integers(hidden, full), worth)
        return made if bias is None else self.op("Add", made, self.constant(_float(bias)))

    def _integers(self, hidden: str, weight: NDArray[np.float32]) -> str:
        most = np.abs(weight).max(axis=1)
        worth = np.where(most > 0, most / _INT8, 1).astype(np.float32)
        return self.op(
            "MatMulIntegerToFloat",
            hidden,
            self.constant(np.round(weight / worth[:, None]).astype(np.int8).T),
            self.constant(np.float32(1)),
            self.constant(worth),
            self.constant(np.uint8(_ZERO)),
            self.constant(np.zeros(len(worth), np.int8)),
            domain="com.microsoft",
        )

    def split(self, rows: tuple[str, str], name: str, parts: int) -> list[str]:
        """Multiply by each of the equal parts that a stored weight consists of."""
        weight, bias = self._weights[f"{name}/weight"], self._weights[f"{name}/bias"]
        pairs = zip(np.split(weight, parts), np.split(bias, parts), strict=True)
        return [self.linear(rows, each, bias=its) for each, its in pairs]

    def added(self, hidden: str, change: str, name: str) -> str:
        (made,) = self.split(self.rows(change), name, 1)
        return self.op("Add", hidden, made)

    def query(self, made: str) -> str:
        return self.op("Mul", self.heads(made), self._scale)

    def heads(self, made: str, order: tuple[int, int, int] = (1, 0, 2)) -> str:
        shape = self.whole(0, self._heads, self._width // self._heads)
        return self.op("Transpose", self.op("Reshape", made, shape), perm=list(order))

    def merged(self, mixed: str) -> str:
        flat = self.op("Transpose", mixed, perm=[1, 0, 2])
        return self.op("Reshape", flat, self.whole(0, self._width))

    def at(self, stacked: str, layer: int) -> str:
        return self.op("Gather", stacked, self.constant(np.int64(layer)), axis=0)

    def stacked(self, made: str) -> str:
        return self.op("Unsqueeze", made, self.whole(0))


def _float(array: NDArray[Any]) -> NDArray[np.float32]:
    return array.astype(np.float32)

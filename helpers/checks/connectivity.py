"""Exercises: a neuron on a patch, the parameters of three kinds of layer, the receptive field."""

from collections.abc import Sequence

import numpy as np

from helpers.checks.engine import Exercise, Mistake


def _neuron(x: np.ndarray, w: np.ndarray, b: float, p: int, q: int, stride: int) -> float:
    """Neuron (p, q) of a Keras convolution with the filter w."""
    import keras

    image = np.asarray(x, "float32")[None, :, :, None]
    kernel = np.asarray(w, "float32")[:, :, None, None]
    Y = keras.ops.conv(image, kernel, strides=stride, padding="valid", data_format="channels_last")
    return float(Y[0, p, q, 0]) + b


def _neuron_cases() -> list[tuple]:
    rng = np.random.default_rng(15)
    x = np.array([[1.0, 2, 0, 3], [0, 1, 4, 1], [2, 0, 1, 1], [5, 1, 0, 2]])
    w = np.array([[1.0, -1], [0, 2]])
    lecture = rng.normal(size=(28, 28)), rng.normal(size=(4, 4))
    return [
        (x, w, 0.5, 0, 1, 2),
        (x, w, 0.0, 1, 0, 1),
        (rng.normal(size=(7, 9)), rng.normal(size=(3, 3)), -1.0, 1, 2, 3),
        (*lecture, 0.25, 11, 4, 2),
    ]


def _patch(x: np.ndarray, w: np.ndarray, row: int, column: int) -> np.ndarray:
    height, width = w.shape
    return x[row : row + height, column : column + width]


def _neuron_without_stride(x, w, b, p, q, stride):
    return np.sum(w * _patch(x, w, p, q)) + b


def _neuron_transposed(x, w, b, p, q, stride):
    return np.sum(w * _patch(x, w, stride * q, stride * p)) + b


def _neuron_without_bias(x, w, b, p, q, stride):
    return np.sum(w * _patch(x, w, stride * p, stride * q))


def _neuron_bias_each(x, w, b, p, q, stride):
    return np.sum(w * _patch(x, w, stride * p, stride * q) + b)


def _neuron_flipped(x, w, b, p, q, stride):
    return np.sum(w[::-1, ::-1] * _patch(x, w, stride * p, stride * q)) + b


def _neuron_matrix_product(x, w, b, p, q, stride):
    return np.sum(w @ _patch(x, w, stride * p, stride * q)) + b


def _places(shape: tuple[int, int, int], size: int, stride: int) -> int:
    height, width, _ = shape
    return ((height - size) // stride + 1) * ((width - size) // stride + 1)


def _parameters(
    kind: str, shape: tuple[int, int, int], size: int, stride: int, filters: int
) -> int:
    """Count with Keras: a dense layer, or a convolution, or a convolution at each place."""
    import keras

    conv = keras.layers.Conv2D(filters, size, strides=stride)
    conv.build((None, *shape))
    _, rows, columns, _ = conv.compute_output_shape((None, *shape))
    if kind == "shared":
        return conv.count_params()
    if kind == "local":
        return rows * columns * conv.count_params()
    dense = keras.layers.Dense(rows * columns * filters)
    dense.build((None, int(np.prod(shape))))
    return dense.count_params()


def _parameters_cases() -> list[tuple]:
    return [
        ("full", (6, 6, 1), 4, 2, 1),
        ("local", (6, 6, 1), 4, 2, 1),
        ("shared", (6, 6, 1), 4, 2, 1),
        ("full", (28, 28, 1), 4, 2, 8),
        ("local", (28, 28, 1), 4, 2, 8),
        ("shared", (28, 28, 1), 4, 2, 8),
        ("full", (9, 12, 3), 3, 2, 5),
        ("local", (9, 12, 3), 3, 2, 5),
        ("shared", (9, 12, 3), 3, 2, 5),
    ]


def _count(
    kind: str,
    shape: tuple[int, int, int],
    filters: int,
    places: int,
    weights: int,
    biases: Sequence[int] | None = None,
) -> int:
    """Weights and biases of a layer; `biases` of full, local and shared can be set."""
    full, local, shared = biases or (places * filters, places * filters, filters)
    if kind == "full":
        return int(np.prod(shape)) * places * filters + full
    if kind == "local":
        return places * weights * filters + local
    return weights * filters + shared


def _parameters_one_channel(kind, shape, size, stride, filters):
    return _count(kind, shape, filters, _places(shape, size, stride), size**2)


def _parameters_without_bias(kind, shape, size, stride, filters):
    weights = size**2 * shape[2]
    return _count(kind, shape, filters, _places(shape, size, stride), weights, (0, 0, 0))


def _parameters_bias_per_filter(kind, shape, size, stride, filters):
    weights, places = size**2 * shape[2], _places(shape, size, stride)
    return _count(kind, shape, filters, places, weights, (places * filters, filters, filters))


def _parameters_bias_per_neuron(kind, shape, size, stride, filters):
    weights, places = size**2 * shape[2], _places(shape, size, stride)
    neurons = places * filters
    return _count(kind, shape, filters, places, weights, (neurons, neurons, neurons))


def _parameters_without_stride(kind, shape, size, stride, filters):
    return _count(kind, shape, filters, _places(shape, size, 1), size**2 * shape[2])


def _parameters_never_shared(kind, shape, size, stride, filters):
    kind = "local" if kind == "shared" else kind
    return _count(kind, shape, filters, _places(shape, size, stride), size**2 * shape[2])


def _parameters_dense_filters(kind, shape, size, stride, filters):
    if kind == "full":
        return _count(kind, shape, filters, 1, 0)
    return _parameters(kind, shape, size, stride, filters)


def _fields(kernels: Sequence[int], strides: Sequence[int]) -> list[int]:
    """Walk back from one neuron: n neurons of a layer see (n - 1) * stride + kernel below it."""
    fields = []
    for depth in range(1, len(kernels) + 1):
        seen = 1
        for kernel, stride in zip(kernels[:depth][::-1], strides[:depth][::-1], strict=True):
            seen = (seen - 1) * stride + kernel
        fields.append(seen)
    return fields


def _fields_cases() -> list[tuple]:
    return [
        ([4, 3], [2, 1]),
        ([3, 3, 3], [1, 1, 1]),
        ([4, 3, 3, 3], [2, 1, 2, 1]),
        ([3, 5, 2, 3], [2, 3, 2, 1]),
        ([7], [2]),
    ]


def _grow(kernels, strides, *, start=1, shift=1, jump=lambda strides, layer: 1) -> list[int]:
    field, fields = start, []
    for layer, kernel in enumerate(kernels):
        field += (kernel - shift) * jump(strides, layer)
        fields.append(int(field))
    return fields


def _before(strides: Sequence[int], layer: int) -> int:
    return int(np.prod(strides[:layer], dtype=int))


def _fields_without_strides(kernels, strides):
    return _grow(kernels, strides)


def _fields_own_stride(kernels, strides):
    return _grow(kernels, strides, jump=lambda s, layer: _before(s, layer + 1))


def _fields_last_stride(kernels, strides):
    return _grow(kernels, strides, jump=lambda s, layer: s[layer - 1] if layer else 1)


def _fields_single_stride(kernels, strides):
    return _grow(kernels, strides, jump=lambda s, layer: s[layer])


def _fields_whole_kernels(kernels, strides):
    return _grow(kernels, strides, start=0, shift=0, jump=_before)


def _fields_from_zero(kernels, strides):
    return _grow(kernels, strides, start=0, jump=_before)


def _fields_last_only(kernels, strides):
    return _fields(kernels, strides)[-1]


EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="patch_neuron",
        oracle=_neuron,
        cases=_neuron_cases,
        mistakes=(
            Mistake(
                _neuron_without_stride,
                "the stride is not used: from one neuron to the next the patch moves by `stride` "
                "pixels. In which row of x does the patch of p = 1 start?",
            ),
            Mistake(
                _neuron_transposed,
                "p and q have changed places: p counts rows, the first axis of x, and q columns.",
            ),
            Mistake(_neuron_without_bias, "the bias is missing: the sum is not the whole formula."),
            Mistake(
                _neuron_bias_each,
                "the bias is added once for each weight: it stands outside both sums.",
            ),
            Mistake(
                _neuron_flipped,
                "the filter is turned by 180°: in the formula i and j grow in w and in x together.",
            ),
            Mistake(
                _neuron_matrix_product,
                "@ is a matrix product, rows times columns: the formula multiplies each weight "
                "with the one pixel that lies under it.",
            ),
        ),
    ),
    Exercise(
        name="layer_parameters",
        oracle=_parameters,
        cases=_parameters_cases,
        mistakes=(
            Mistake(
                _parameters_one_channel,
                "the channels are missing: how many numbers does a patch of a colour image hold?",
            ),
            Mistake(
                _parameters_without_bias,
                "only the weights are counted: each kind of layer has biases as well.",
            ),
            Mistake(
                _parameters_bias_per_filter,
                "the biases of the local layer: where nothing is shared, who owns a bias?",
            ),
            Mistake(
                _parameters_bias_per_neuron,
                "the biases of the shared layer: its neurons share the bias as they share weights.",
            ),
            Mistake(
                _parameters_without_stride,
                "too many places: the patch moves by `stride`, so how many patches fit in a row?",
            ),
            Mistake(
                _parameters_never_shared,
                "'shared' is counted like 'local': does the number of places matter if every "
                "place uses the same filter?",
            ),
            Mistake(
                _parameters_dense_filters,
                "the full layer has as many neurons as the whole map, places × filters, not one "
                "for each filter.",
            ),
        ),
    ),
    Exercise(
        name="receptive_field",
        oracle=_fields,
        cases=_fields_cases,
        mistakes=(
            Mistake(
                _fields_without_strides,
                "the strides are not used: after a layer of stride 2, two neighbouring neurons "
                "are two pixels apart in the image.",
            ),
            Mistake(
                _fields_own_stride,
                "a layer's own stride moves the next patch; it does not make this one wider. "
                "Which layers does the product run over?",
            ),
            Mistake(
                _fields_last_stride,
                "only the stride of the layer before is used: the distances of all earlier "
                "layers multiply.",
            ),
            Mistake(
                _fields_single_stride,
                "you multiply by the layer's own stride. What counts is the distance between its "
                "inputs: the product of the strides of all layers before it.",
            ),
            Mistake(
                _fields_whole_kernels,
                "each layer adds its whole kernel: one of its k inputs was already covered, so "
                "it adds k − 1 steps.",
            ),
            Mistake(
                _fields_from_zero,
                "one too small everywhere: before the first layer a 'neuron' is a pixel, and how "
                "many pixels does a pixel see?",
            ),
            Mistake(
                _fields_last_only,
                "this is the last layer's field: give the fields of all layers, as a list.",
            ),
        ),
    ),
)

"""Exercises of notebook 15: a neuron on a patch, three layers' parameters, the receptive field."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal


def patch_neuron(x, w, b, p, q, stride):
    height, width = w.shape
    top = stride * p
    left = stride * q
    patch = x[top : top + height, left : left + width]
    return np.sum(w * patch) + b


def _neuron_cases():
    x = np.array([[1.0, 2, 0, 3], [0, 1, 4, 1], [2, 0, 1, 1], [5, 1, 0, 2]])
    w = np.array([[1.0, -1], [0, 2]])
    middle = normal("h w, k k", seed=1, h=9, w=12, k=3)
    lecture = normal("h w, k k", seed=2, h=28, w=28, k=4)
    return {
        "neuron (0, 0), no bias": (x, w, 0.0, 0, 0, 2),
        "a bias": (x, w, 0.5, 0, 0, 2),
        "neuron (0, 1), stride 1": (x, w, 0.5, 0, 1, 1),
        "neuron (1, 0), stride 2": (*middle, -1.0, 1, 0, 2),
        "neuron (1, 2), stride 3": (*middle, -1.0, 1, 2, 3),
        "the lecture's 4 × 4 on 28 × 28": (*lecture, 0.25, 5, 3, 2),
    }


def layer_parameters(kind, shape, size, stride, filters):
    height, width, channels = shape
    rows = (height - size) // stride + 1
    columns = (width - size) // stride + 1
    places = rows * columns
    inputs = size * size * channels
    if kind == "full":
        inputs = height * width * channels
    owners = places * filters
    if kind == "shared":
        owners = filters
    return (inputs + 1) * owners


def _parameters_cases():
    layers = {
        "one filter on 6 × 6": ((6, 6, 1), 4, 2, 1),
        "eight filters on 28 × 28": ((28, 28, 1), 4, 2, 8),
        "colour, not square": ((9, 12, 3), 3, 2, 5),
    }
    return {
        f"{kind}, {label}": (kind, *layer)
        for label, layer in layers.items()
        for kind in ("shared", "local", "full")
    }


def receptive_field(kernels, strides):
    distances = np.cumprod([1, *strides[:-1]])
    steps = (np.array(kernels) - 1) * distances
    fields = 1 + np.cumsum(steps)
    return fields.tolist()


def _fields_cases():
    return {
        "two layers": ([4, 3], [2, 1]),
        "one layer": ([7], [2]),
        "no strides": ([3, 5, 3], [1, 1, 1]),
        "two strides": ([4, 3, 2, 3], [2, 1, 3, 1]),
        "a stride in each layer": ([3, 5, 2, 3], [3, 2, 2, 3]),
    }


EXERCISES = (
    Exercise(
        patch_neuron,
        cases=_neuron_cases,
        mistakes=(
            Edit(
                "top = stride * p\n    left = stride * q",
                "top = p\n    left = q",
                "the stride is not used: from one neuron to the next the patch moves by `stride` "
                "pixels. In which row of x does the patch of p = 1 start?",
            ),
            Edit(
                "top = stride * p\n    left = stride * q",
                "top = stride * q\n    left = stride * p",
                "p and q have changed places: p counts rows, the first axis of x, and q columns.",
            ),
            Edit(
                "np.sum(w * patch) + b",
                "np.sum(w * patch)",
                "the bias is missing: the sum is not the whole formula.",
            ),
            Edit(
                "np.sum(w * patch) + b",
                "np.sum(w * patch + b)",
                "the bias is added once for each weight: it stands outside both sums.",
            ),
            Edit(
                "w * patch",
                "w[::-1, ::-1] * patch",
                "the filter is turned by 180°: in the formula i and j grow in w and in x together.",
            ),
            Edit(
                "w * patch",
                "w @ patch",
                "@ is a matrix product, rows times columns: the formula multiplies each weight by "
                "the one pixel that lies under it.",
            ),
            Edit(
                "top = stride * p\n    left = stride * q",
                "top = stride * p + 1\n    left = stride * q + 1",
                "the patch starts one row and one column too late: with indices from 0, at which "
                "pixel does that of neuron (0, 0) start?",
            ),
            Edit(
                BODY,
                """
                z = b
                for i in range(w.shape[0]):
                    for j in range(w.shape[1]):
                        z += w[i, j] * x[stride * i + p, stride * j + q]
                return z
                """,
                "the stride spreads the pixels of one patch apart. In the formula it multiplies p "
                "and q, so that it moves the whole patch.",
            ),
        ),
        hints=(
            "Where in x does the patch of neuron (p, q) begin? Put i = 0 and j = 0 into the "
            "formula.",
            "Cut out a piece of x of the same shape as w. Which weight meets which pixel?",
            "The bias comes once, after both sums.",
        ),
    ),
    Exercise(
        layer_parameters,
        cases=_parameters_cases,
        mistakes=(
            Edit(
                "inputs = size * size * channels",
                "inputs = size * size",
                "the channels are missing: how many numbers does a patch of a colour image hold?",
            ),
            Edit(
                "(inputs + 1)",
                "inputs",
                "only the weights are counted: each kind of layer has biases as well.",
            ),
            Edit(
                "return (inputs + 1) * owners",
                'biases = places * filters if kind == "full" else filters\n'
                "    return inputs * owners + biases",
                "the biases of the local layer: where nothing is shared, who owns a bias?",
            ),
            Edit(
                "return (inputs + 1) * owners",
                "return inputs * owners + places * filters",
                "the biases of the shared layer: its neurons share the bias as they share weights.",
            ),
            Edit(
                "return (inputs + 1) * owners",
                "return inputs * owners + 1",
                "one bias in all: how many neurons, or filters, need one of their own?",
            ),
            Edit(
                "rows = (height - size) // stride + 1\n    columns = (width - size) // stride + 1",
                "rows = height - size + 1\n    columns = width - size + 1",
                "too many places: the patch moves by `stride`, so how many patches fit in a row?",
            ),
            Edit(
                "rows = (height - size) // stride + 1\n    columns = (width - size) // stride + 1",
                "rows = (height - size) // stride\n    columns = (width - size) // stride",
                "too few places: the patch at the very start counts, too. How many patches of 4 "
                "fit into 6 pixels, 2 apart?",
            ),
            Edit(
                '    if kind == "shared":\n        owners = filters\n',
                "",
                "'shared' is counted like 'local': does the number of places matter if every "
                "place uses the same filter?",
            ),
            Edit(
                'if kind == "shared"',
                'if kind != "local"',
                "the full layer has as many neurons as the whole map, places × filters, not one "
                "for each filter.",
            ),
        ),
        hints=(
            "How many numbers does one neuron see in each kind of layer? It has a weight for each "
            "of them, and a bias.",
            "At how many places does a patch fit, downwards and across? At each of them there are "
            "`filters` neurons.",
            "Who owns a set of weights: each neuron, or all neurons of one filter together?",
        ),
    ),
    Exercise(
        receptive_field,
        cases=_fields_cases,
        mistakes=(
            Edit(
                "np.cumprod([1, *strides[:-1]])",
                "1",
                "the strides are not used: after a layer of stride 2, two neighbouring neurons "
                "are two pixels apart in the image.",
            ),
            Edit(
                "[1, *strides[:-1]]",
                "strides",
                "a layer's own stride moves the next patch; it does not make this one wider. "
                "Which layers does the product run over?",
            ),
            Edit(
                "np.cumprod([1, *strides[:-1]])",
                "[1, *strides[:-1]]",
                "only the stride of the layer before is used: the distances of all earlier "
                "layers multiply.",
            ),
            Edit(
                "np.cumprod([1, *strides[:-1]])",
                "strides",
                "you multiply by the layer's own stride. What counts is the distance between its "
                "inputs: the product of the strides of all layers before it.",
            ),
            Edit(
                BODY,
                """
                distances = np.cumprod([1, *strides[:-1]])
                return np.cumsum(np.array(kernels) * distances).tolist()
                """,
                "each layer adds its whole kernel: one of its k inputs was already covered, so "
                "it adds k − 1 steps.",
            ),
            Edit(
                "(np.array(kernels) - 1)",
                "np.array(kernels)",
                "already the first layer sees too much: on one pixel, a kernel of k adds the k − 1 "
                "others.",
            ),
            Edit(
                "1 + np.cumsum(steps)",
                "np.cumsum(steps)",
                "one too small everywhere: before the first layer a 'neuron' is a pixel, and how "
                "many pixels does a pixel see?",
            ),
            Edit(
                "return fields.tolist()",
                "return fields[-1]",
                "this is the last layer's field: give the fields of all layers, as a list.",
            ),
            Edit(
                "return fields.tolist()",
                "return [1, *fields[:-1].tolist()]",
                "the list holds the fields before each layer: r₀ is in it, and the last is "
                "missing.",
            ),
            Edit(
                BODY,
                "return np.cumprod(kernels).tolist()",
                "the kernels are multiplied. By the formula each layer adds to the field of the "
                "layer below.",
            ),
        ),
        hints=(
            "Do it by hand for two layers of kernel 3 and stride 2, with a row of pixels drawn on "
            "paper.",
            "Two numbers go from layer to layer: the field, and the distance in pixels between "
            "two neighbouring neurons.",
            "Which of the two does a layer's own stride change, and is it needed before or after?",
        ),
    ),
)

"""Exercises of notebook 15: the sweep as a matrix, the receptive field, a stack designed."""

import numpy as np

from helpers.check import BODY, Edit, Exercise


def sweep_matrix(w, height, width, stride):
    rows = (height - w.shape[0]) // stride + 1
    columns = (width - w.shape[1]) // stride + 1
    M = np.zeros((rows * columns, height * width))
    for p in range(rows):
        for q in range(columns):
            image = np.zeros((height, width))
            top = stride * p
            left = stride * q
            image[top : top + w.shape[0], left : left + w.shape[1]] = w
            M[p * columns + q] = image.reshape(-1)
    return M


def _matrix_cases():
    w = np.array([[1.0, 2], [3, 4]])
    square = np.random.default_rng(3).normal(size=(3, 3))
    oblong = np.random.default_rng(4).normal(size=(2, 4))
    lecture = np.random.default_rng(5).normal(size=(4, 4))
    return {
        "2 × 2 on 3 × 3, stride 1": (w, 3, 3, 1),
        "2 × 2 on 4 × 4, stride 2": (w, 4, 4, 2),
        "3 × 3 on 5 × 8, stride 1": (square, 5, 8, 1),
        "2 × 4 on 7 × 9, stride 2": (oblong, 7, 9, 2),
        "the lecture's 4 × 4, stride 2": (lecture, 10, 12, 2),
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


def see_it_all():
    kernels = [4, 3, 3, 3, 3, 3, 3]
    strides = [2, 1, 1, 1, 1, 1, 1]
    return kernels, strides


def _is_a_stack(returned):
    if not isinstance(returned, tuple | list) or len(returned) != 2:
        return "Return two lists: return kernels, strides."
    kernels, strides = (np.asarray(numbers) for numbers in returned)
    if kernels.ndim != 1 or kernels.shape != strides.shape or not len(kernels):
        return "kernels and strides should be lists with one number for each layer."
    numbers = np.concatenate([kernels, strides])
    if numbers.dtype.kind not in "iu" or numbers.min() < 1:
        return "Sides and strides are whole numbers from 1 on."
    return None


def _sees_all(returned):
    field = receptive_field(*map(list, returned))[-1]
    if field == 28:
        return None
    if field < 28:
        return f"A neuron of the last layer sees {field} pixels; it should see 28."
    return f"The last field has {field} pixels and does not fit into a garment of 28."


def _keeps_step(returned):
    step = int(np.prod(returned[1]))
    if step == 2:
        return None
    return (
        f"The strides make {step} together: the last map moves by one neuron when the garment "
        f"moves by {step}. It should do so for 2."
    )


def _few_weights(returned):
    weights = int(np.sum(np.square(returned[0])))
    if weights <= 100:
        return None
    return f"The stack has {weights} weights, at most 100 are allowed."


EXERCISES = (
    Exercise(
        sweep_matrix,
        cases=_matrix_cases,
        mistakes=(
            Edit(
                "M[p * columns + q]",
                "M[q * rows + p]",
                "the rows of M stand in another order: the map is read row by row, so the neuron "
                "right of (p, q) comes next.",
            ),
            Edit(
                "M[p * columns + q]",
                "M[p * rows + q]",
                "the row of M is p * rows + q: how many neurons stand in one row of the map, "
                "that is, before neuron (1, 0)?",
            ),
            Edit(
                BODY,
                """
                rows = (height - w.shape[0]) // stride + 1
                columns = (width - w.shape[1]) // stride + 1
                M = np.zeros((rows * columns, height * width))
                for p in range(rows):
                    for q in range(columns):
                        first = stride * p * width + stride * q
                        M[p * columns + q, first : first + w.size] = w.reshape(-1)
                return M
                """,
                "the weights of a neuron stand side by side, as if a patch were pixels of one "
                "row: where, in the image laid flat, does the second row of a patch begin?",
            ),
            Edit(
                BODY,
                """
                rows = (height - w.shape[0]) // stride + 1
                columns = (width - w.shape[1]) // stride + 1
                M = np.zeros((rows * columns, height * width))
                for neuron in range(rows * columns):
                    first = stride * neuron
                    M[neuron, first : first + w.size] = w.reshape(-1)[: height * width - first]
                return M
                """,
                "the weights of a neuron stand side by side, as if a patch were pixels of one "
                "row: where, in the image laid flat, does the second row of a patch begin?",
            ),
            Edit(
                "image.reshape(-1)",
                "image.T.reshape(-1)",
                "the pixels stand in another order: the image is read row by row.",
            ),
            Edit(
                "top = stride * p\n            left = stride * q",
                "top = p\n            left = q",
                "the stride is not used: where does the patch of neuron (0, 1) begin?",
            ),
            Edit(
                "return M",
                "return M.T",
                "M is transposed: it has a row for each neuron and a column for each pixel.",
            ),
            Edit(
                "left : left + w.shape[1]] = w",
                "left : left + w.shape[1]] = w[::-1, ::-1]",
                "the filter is turned by 180°: in the formula i and j grow in w and in x together.",
            ),
            Edit(
                "left : left + w.shape[1]] = w",
                "left : left + w.shape[1]] = 1",
                "the connections are right and the weights are missing: what does w_ij multiply?",
            ),
            Edit(
                BODY,
                """
                rows = height - w.shape[0] + 1
                columns = width - w.shape[1] + 1
                M = np.zeros((rows * columns, height * width))
                for p in range(rows):
                    for q in range(columns):
                        image = np.zeros((height, width))
                        image[p : p + w.shape[0], q : q + w.shape[1]] = w
                        M[p * columns + q] = image.reshape(-1)
                return M
                """,
                "there are too many neurons: the patch moves by `stride`, so how many patches fit "
                "in a row?",
            ),
            Edit(
                "// stride + 1\n    columns = (width - w.shape[1]) // stride + 1",
                "// stride\n    columns = (width - w.shape[1]) // stride",
                "there are too few neurons: the patch at the very start counts, too.",
            ),
        ),
        hints=(
            "A row of M belongs to one neuron. Which pixels is it connected to? The other "
            "pixels get a 0.",
            "Lay w on an image of zeros, where the patch of neuron (p, q) is. Read this image row "
            "by row: that is one row of M.",
            "Which neuron comes after (0, 0)? And after the last of a row of the map?",
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
                "1 + steps",
                "each layer widens a single pixel: it should widen the field of the layer below.",
            ),
            Edit(
                BODY,
                """
                distances = np.cumprod([1, *strides[:0:-1]])
                steps = (np.array(kernels[::-1]) - 1) * distances
                return (1 + np.cumsum(steps)).tolist()
                """,
                "the layers are gone through from the top: the lists begin at the image.",
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
                "np.cumprod([1, *strides[:-1]])",
                "np.cumsum([1, *strides[:-1]])",
                "the strides are added up: behind strides 2 and 3, how many pixels lie between "
                "two neighbouring neurons? Draw them.",
            ),
            Edit(
                "np.cumprod([1, *strides[:-1]])",
                "[1, *np.cumsum(strides[:-1])]",
                "the strides are added up: behind strides 2 and 3, how many pixels lie between "
                "two neighbouring neurons? Draw them.",
            ),
            Edit(
                BODY,
                """
                r = 1
                fields = []
                for k, s in zip(kernels, strides, strict=True):
                    r = s * r + k - s
                    fields.append(r)
                return fields
                """,
                "r · s + (k − s) is the step of a walk that starts at one neuron of the top layer "
                "and goes down to the image. Going up from the image, what does a layer add to "
                "the field of the one below?",
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
    Exercise(
        see_it_all,
        cases=lambda: {"": ()},
        mistakes=(),
        hints=(
            "Two kernels of 3 see as far as one of 5. How many weights are 2 · 3² and 5²?",
            "Only one stride may be 2. In which layer does it help all the others?",
            "Behind a first layer of stride 2: how many pixels does each later 3 × 3 add to the "
            "field, and how many weights does each pixel cost? And a 2 × 2?",
        ),
        goals={
            "two lists of the same length": _is_a_stack,
            "the last neuron sees 28 pixels": _sees_all,
            "the map moves for every 2 pixels": _keeps_step,
            "at most 100 weights": _few_weights,
        },
    ),
)

"""Exercises of notebooks 00 (a neuron) and 01 (parameters, padding, masked mean)."""

import numpy as np

from helpers.checks.engine import Exercise, Mistake


def _neuron(x, w, b):
    return x @ w + b


def _neuron_cases():
    rng = np.random.default_rng(1)
    tiny = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([2.0, 1.0, 0.0]), 1.0
    return [tiny, (rng.normal(size=(4, 2)), rng.normal(size=2), -0.5)]


NEURON = Exercise(
    name="neuron",
    oracle=_neuron,
    cases=_neuron_cases,
    mistakes=(
        Mistake(
            lambda x, w, b: w @ x + b,
            "in a product A @ B the last axis of A meets the first of B: which axis of x has as "
            "many entries as w?",
        ),
        Mistake(
            lambda x, w, b: x * w + b,
            "`*` multiplies entry by entry and adds nothing up: where is the Σ over j?",
        ),
        Mistake(
            lambda x, w, b: (x * w).sum(axis=0) + b,
            "axis 0 runs over the examples: you added different examples up. The Σ runs over j, "
            "the second index of x.",
        ),
        Mistake(
            lambda x, w, b: np.sum(x * w) + b,
            "a sum without an axis adds up everything; every example is to have a sum of its own.",
        ),
        Mistake(
            lambda x, w, b: x @ w,
            "every answer is off by the same number: which letter of the formula is not in your "
            "line?",
        ),
        Mistake(
            lambda x, w, b: x @ (w + b),
            "b was added to each weight; in the formula it is added once, after the sum.",
        ),
    ),
)


def _count_parameters(length, inputs, hidden):
    """Build both models in Keras and ask them."""
    import keras

    window = keras.Sequential(
        [keras.Input((length, inputs)), keras.layers.Flatten(), keras.layers.Dense(hidden)]
    )
    recurrent = keras.Sequential([keras.Input((length, inputs)), keras.layers.SimpleRNN(hidden)])
    return window.count_params(), recurrent.count_params()


COUNT_PARAMETERS = Exercise(
    name="count_parameters",
    oracle=_count_parameters,
    cases=lambda: [(4, 3, 2), (10, 5, 7), (20, 5, 7)],
    mistakes=(
        Mistake(
            lambda length, inputs, hidden: (
                length * inputs * hidden,
                inputs * hidden + hidden * hidden,
            ),
            "both counts lack the biases: each hidden unit has one.",
        ),
        Mistake(
            lambda length, inputs, hidden: (
                length * inputs * hidden + hidden,
                inputs * hidden + hidden,
            ),
            "the recurrent count lacks a matrix: how does the state of one step reach the next?",
        ),
        Mistake(
            lambda length, inputs, hidden: (
                length * inputs * hidden + hidden,
                length * (inputs * hidden + hidden * hidden + hidden),
            ),
            "you counted the recurrent weights once a step; every step uses the same ones.",
        ),
        Mistake(
            lambda length, inputs, hidden: (
                length * (inputs * hidden + hidden),
                inputs * hidden + hidden * hidden + hidden,
            ),
            "you gave the first model a bias at each position; its formula has one b, after the "
            "sum over t.",
        ),
        Mistake(
            lambda length, inputs, hidden: (
                inputs * hidden + hidden,
                inputs * hidden + hidden * hidden + hidden,
            ),
            "the first count does not grow with the length: every position t has a W_t of its own.",
        ),
        Mistake(
            lambda length, inputs, hidden: (
                inputs * hidden + hidden * hidden + hidden,
                length * inputs * hidden + hidden,
            ),
            "the two numbers are the right ones in the wrong order.",
        ),
    ),
)


def _pad(sequences, length):
    import keras

    return keras.utils.pad_sequences(sequences, length, padding="post", truncating="post")


def _padded(sequences, length, row_of):
    """Pad with a function that makes one row."""
    return np.array([row_of(list(sequence), length) for sequence in sequences])


PAD = Exercise(
    name="pad",
    oracle=_pad,
    cases=lambda: [
        ([[5, 6], [7, 8, 9, 4]], 3),
        ([[1], [2, 3, 4], [5, 6]], 4),
        ([[3, 1, 2, 5, 4, 6, 9], [8]], 5),
    ],
    mistakes=(
        Mistake(
            lambda s, n: _padded(s, n, lambda row, n: [0] * (n - len(row)) + row[:n]),
            "the zeros stand before the sequence; here they are to come after it.",
        ),
        Mistake(
            lambda s, n: _padded(s, n, lambda row, n: row[-n:] + [0] * (n - len(row))),
            "of a sequence that is too long you kept the end; keep its beginning.",
        ),
        Mistake(
            lambda s, n: _padded(s, max(map(len, s)), lambda row, n: row + [0] * (n - len(row))),
            "you padded to the longest sequence; the caller says the length.",
        ),
        Mistake(
            lambda s, n: _padded(s, n, lambda row, n: (row + row[-1:] * n)[:n]),
            "you repeated the last number; fill up with 0, the number that stands for 'nothing'.",
        ),
        Mistake(
            lambda s, n: np.array([list(row) + [0] * (n - len(row)) for row in s]),
            "a sequence that is longer than `length` has to be cut.",
        ),
    ),
)


def _masked_mean(h, mask):
    import keras

    return keras.ops.convert_to_numpy(keras.layers.GlobalAveragePooling1D()(h, mask=mask))


def _masked_cases():
    rng = np.random.default_rng(3)
    tiny = np.array([[[2.0, 1.0], [4.0, 3.0], [9.0, 9.0]]]), np.array([[True, True, False]])
    mask = np.arange(6) < np.array([[6], [2], [1], [4]])
    return [tiny, (rng.normal(size=(4, 6, 3)), mask)]


def _sum_valid(h, mask):
    return (h * mask[..., None]).sum(axis=1)


MASKED_MEAN = Exercise(
    name="masked_mean",
    oracle=_masked_mean,
    cases=_masked_cases,
    mistakes=(
        Mistake(
            lambda h, mask: h.mean(axis=1),
            "the mask was not used: the padded steps are in your mean.",
        ),
        Mistake(
            lambda h, mask: (h * mask[..., None]).mean(axis=1),
            "the sum leaves the padded steps out, but you divide by all T steps: divide by those "
            "that the mask lets through.",
        ),
        Mistake(
            _sum_valid,
            "this is the sum over the valid steps; a mean also divides.",
        ),
        Mistake(
            lambda h, mask: _sum_valid(h, mask) / mask.sum(),
            "you divided by the valid steps of the whole batch; each sequence has its own number.",
        ),
        Mistake(
            lambda h, mask: _sum_valid(h, ~mask) / np.maximum(1, (~mask).sum(1, keepdims=True)),
            "this is the mean of the padded steps: True in the mask means that the step counts.",
        ),
        Mistake(
            lambda h, mask: h[mask].mean(axis=0),
            "h[mask] puts all valid steps of the batch in one heap: the axis of the sequences is "
            "lost.",
        ),
        Mistake(
            lambda h, mask: h * mask,
            "the mask is (n, T) and h is (n, T, d): give the mask a last axis of length 1.",
        ),
    ),
)

EXERCISES: tuple[Exercise, ...] = (NEURON, COUNT_PARAMETERS, PAD, MASKED_MEAN)

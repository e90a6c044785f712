"""Exercises of notebook 05: one step of an LSTM and of a GRU, and their parameters."""

import numpy as np

from helpers.check import Edit, Exercise, normal


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


# --- one step of an LSTM ---


def lstm_step(x_t, h, c, W_x, W_h, b):
    sums = x_t @ W_x + h @ W_h + b
    a_i, a_f, a_g, a_o = np.split(sums, 4, axis=-1)
    i = sigmoid(a_i)
    f = sigmoid(a_f)
    g = np.tanh(a_g)
    o = sigmoid(a_o)
    c_t = f * c + i * g
    h_t = o * np.tanh(c_t)
    return h_t, c_t


def _lstm_cases():
    shapes = "b m, b n, b n, m k, n k, k"
    tiny = (
        [[1.0]],
        [[0.5]],
        [[2.0]],
        [[0.2, -0.3, 1.0, 0.4]],
        [[0.6, 0.1, -0.8, 0.2]],
        [0.0, 1.0, 0.1, -0.5],
    )
    return {
        "one unit": tuple(np.array(a) for a in tiny),
        "one text, two units": normal(shapes, seed=1, b=1, m=3, n=2, k=8),
        "a batch of four": normal(shapes, seed=2, b=4, m=2, n=3, k=12),
        "as many texts and inputs as units": normal(shapes, seed=3, b=4, m=4, n=4, k=16),
    }


# --- one step of a GRU ---


def gru_step(x_t, h, W_x, W_h, b):
    a_z, a_r, a_g = np.split(x_t @ W_x + b, 3, axis=-1)
    W_hz, W_hr, W_hg = np.split(W_h, 3, axis=-1)
    z = sigmoid(a_z + h @ W_hz)
    r = sigmoid(a_r + h @ W_hr)
    g = np.tanh(a_g + (r * h) @ W_hg)
    h_t = z * h + (1 - z) * g
    return h_t


def _gru_cases():
    shapes = "b m, b n, m k, n k, k"
    tiny = [[1.0]], [[0.5]], [[0.4, -1.0, 0.9]], [[0.6, 0.1, -0.8]], [0.1, 0.3, -0.2]
    return {
        "one unit": tuple(np.array(a) for a in tiny),
        "one text, two units": normal(shapes, seed=1, b=1, m=3, n=2, k=6),
        "a batch of four": normal(shapes, seed=2, b=4, m=2, n=3, k=9),
        "as many texts and inputs as units": normal(shapes, seed=3, b=3, m=3, n=3, k=9),
    }


# --- parameters ---


def count_gated_parameters(kind, m, n):
    blocks = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[kind]
    weights = n * (m + n)
    biases = 2 * n if kind == "GRU" else n
    return blocks * (weights + biases)


def _count_cases():
    return {
        "one input, one unit": ("SimpleRNN", 1, 1),
        "a plain network": ("SimpleRNN", 7, 4),
        "an LSTM, one input, one unit": ("LSTM", 1, 1),
        "an LSTM": ("LSTM", 3, 5),
        "a GRU, one input, one unit": ("GRU", 1, 1),
        "a GRU": ("GRU", 7, 4),
    }


EXERCISES = (
    Exercise(
        lstm_step,
        cases=_lstm_cases,
        returns=("h_t", "c_t"),
        mistakes=(
            Edit(
                "a_i, a_f, a_g, a_o =",
                "a_f, a_i, a_g, a_o =",
                "the first two gates are mixed up. Look at the order of the four blocks of columns "
                "in W_x, W_h and b.",
            ),
            Edit(
                "a_i, a_f, a_g, a_o =",
                "a_i, a_f, a_o, a_g =",
                "the last two blocks are mixed up. Papers often write the output gate before the "
                "candidate; look at the order of Keras's blocks.",
            ),
            Edit(
                "np.tanh(a_g)",
                "sigmoid(a_g)",
                "the candidate is not a gate: it is what gets written, and must be able to be "
                "negative. Look at its formula.",
            ),
            Edit(
                "o * np.tanh(c_t)",
                "o * c_t",
                "c_t is right and h_t is not: the cell state can grow large, what the cell shows "
                "stays between -1 and 1. Look at the formula of h_t.",
            ),
            Edit(
                "f * c + i * g",
                "f * (c + i * g)",
                "the forget gate also shrinks what is written at this very step. Look at what it "
                "multiplies: a bracket too many?",
            ),
            Edit(
                "o * np.tanh(c_t)",
                "o * np.tanh(c)",
                "c_t is right, and h_t shows the cell as it was before this step. Look at the "
                "index of c in the formula of h_t.",
            ),
            Edit(
                "return h_t, c_t",
                "return c_t, h_t",
                "both are right, in the wrong order: return h_t first, then c_t.",
            ),
            Edit(
                "i = sigmoid(a_i)\n    f = sigmoid(a_f)\n    g = np.tanh(a_g)\n"
                "    o = sigmoid(a_o)",
                "i, f, g, o = np.tanh(a_i), np.tanh(a_f), np.tanh(a_g), np.tanh(a_o)",
                "all four blocks go through tanh. A gate is a share between 0 and 1: only the "
                "candidate may be negative.",
            ),
        ),
        hints=(
            "All four blocks come out of one product: add the input's part, the state's part and "
            "the bias, then split.",
            "Which of the four may be negative? That one is not a gate.",
            "First the new memory, from the old one and the candidate; then what is shown of the "
            "new one.",
        ),
    ),
    Exercise(
        gru_step,
        cases=_gru_cases,
        mistakes=(
            Edit(
                "z * h + (1 - z) * g",
                "(1 - z) * h + z * g",
                "z and 1 - z have changed places: some papers write it so. Here z says how much of "
                "the old state is kept.",
            ),
            Edit(
                "(r * h) @ W_hg",
                "r * (h @ W_hg)",
                "the reset gate acts after the matrix product. That is the variant with "
                "reset_after=True; here it acts on the state before it is multiplied.",
            ),
            Edit(
                "(r * h) @ W_hg",
                "h @ W_hg",
                "the reset gate is not used. Look at the state that the candidate reads.",
            ),
            Edit(
                "a_z, a_r, a_g = np.split(x_t @ W_x + b, 3, axis=-1)\n    W_hz, W_hr, W_hg =",
                "a_r, a_z, a_g = np.split(x_t @ W_x + b, 3, axis=-1)\n    W_hr, W_hz, W_hg =",
                "z and r are mixed up. Look at the order of the three blocks of columns.",
            ),
            Edit(
                "a_z, a_r, a_g = np.split(x_t @ W_x + b, 3, axis=-1)\n    W_hz, W_hr, W_hg =",
                "a_g, a_z, a_r = np.split(x_t @ W_x + b, 3, axis=-1)\n    W_hg, W_hz, W_hr =",
                "the blocks are taken in the order g, z, r. Look at the order of the three blocks "
                "of columns: the candidate is not the first.",
            ),
            Edit(
                "np.tanh(a_g",
                "sigmoid(a_g",
                "the candidate is not a gate: it must be able to be negative. Look at its formula.",
            ),
            Edit(
                "z * h + (1 - z) * g",
                "h + (1 - z) * g",
                "the old state is kept whole and the candidate added on top, so the state can "
                "leave -1 … 1. The new state is a mixture: its two weights add up to 1.",
            ),
            Edit(
                "z * h + (1 - z) * g",
                "z * (r * h) + (1 - z) * g",
                "the reset state is also what is kept. The reset gate only decides what the "
                "candidate sees; the mixture keeps the old state.",
            ),
            Edit(
                "z = sigmoid(a_z + h @ W_hz)\n    r = sigmoid(a_r + h @ W_hr)",
                "z = np.tanh(a_z + h @ W_hz)\n    r = np.tanh(a_r + h @ W_hr)",
                "both gates go through tanh. A gate is a share between 0 and 1.",
            ),
            Edit(
                "a_g + (r * h) @ W_hg",
                "r * (a_g + h @ W_hg)",
                "the reset gate shrinks the candidate's whole sum. It only decides what of the old "
                "state the candidate sees; the input and the bias stay whole.",
            ),
        ),
        hints=(
            "The input's part is one product for all three blocks. The state's part is not: the "
            "candidate reads another state than the gates.",
            "First z and r; then the candidate, which needs r; then the mixture, which needs z.",
            "By hand: with z = 1 everywhere the new state is the old one.",
        ),
    ),
    Exercise(
        count_gated_parameters,
        cases=_count_cases,
        mistakes=(
            Edit(
                '2 * n if kind == "GRU" else n',
                "n",
                "SimpleRNN and LSTM are right. Keras's GRU has reset_after=True: how many rows has "
                "its bias?",
            ),
            Edit(
                '2 * n if kind == "GRU" else n',
                "2 * n",
                "the GRU is right. SimpleRNN and LSTM have one bias per block and unit, not two.",
            ),
            Edit("(weights + biases)", "weights", "the biases are missing."),
            Edit(
                "n * (m + n)",
                "n * m",
                "the recurrent weights are missing: each block reads the old state too.",
            ),
            Edit(
                '"GRU": 3, "LSTM": 4',
                '"GRU": 2, "LSTM": 3',
                "only the gates are counted. The candidate has weights of its own as well.",
            ),
            Edit(
                '"GRU": 3, "LSTM": 4',
                '"GRU": 4, "LSTM": 3',
                "the plain network is right; LSTM and GRU are mixed up. Count the blocks of each: "
                "its gates and its candidate.",
            ),
            Edit(
                "blocks * (weights + biases)",
                "weights + biases",
                "that is one block. How many blocks lie side by side in the kernel of each layer?",
            ),
            Edit(
                'n * (m + n)\n    biases = 2 * n if kind == "GRU" else n',
                'm * (m + n)\n    biases = 2 * m if kind == "GRU" else m',
                "m and n have changed places: m are the inputs, n the units, and each unit has a "
                "bias.",
            ),
            Edit(
                'n * (m + n)\n    biases = 2 * n if kind == "GRU" else n',
                'm + n\n    biases = 2 if kind == "GRU" else 1',
                "this is what one unit reads. A block has n of them.",
            ),
        ),
        hints=(
            "A plain network is one block: count its weights and biases as the formula above does.",
            "How many blocks has an LSTM, how many a GRU? Gates and candidate have the same shape.",
            "For the GRU print the shape of its bias: keras.layers.GRU(n), built on m inputs.",
        ),
    ),
)

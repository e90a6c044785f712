"""Exercises: gates."""

import numpy as np

from helpers.checks.engine import Exercise, Mistake


def _sigmoid(a):
    return 1 / (1 + np.exp(-a))


def _keras_lstm_step(x_t, h, c, W_x, W_h, b):
    from keras import layers

    cell = layers.LSTMCell(W_h.shape[0])
    cell.build(x_t.shape)
    cell.set_weights([W_x, W_h, b])
    _, (h_new, c_new) = cell(x_t.astype("float32"), [h.astype("float32"), c.astype("float32")])
    return np.asarray(h_new), np.asarray(c_new)


def _lstm_sums(x_t, h, W_x, W_h, b):
    return np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)


def _input_and_forget_swapped(x_t, h, c, W_x, W_h, b):
    f, i, g, o = _lstm_sums(x_t, h, W_x, W_h, b)
    c_new = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c_new), c_new


def _candidate_and_output_swapped(x_t, h, c, W_x, W_h, b):
    i, f, o, g = _lstm_sums(x_t, h, W_x, W_h, b)
    c_new = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c_new), c_new


def _sigmoid_on_the_candidate(x_t, h, c, W_x, W_h, b):
    i, f, g, o = _lstm_sums(x_t, h, W_x, W_h, b)
    c_new = _sigmoid(f) * c + _sigmoid(i) * _sigmoid(g)
    return _sigmoid(o) * np.tanh(c_new), c_new


def _no_tanh_on_the_cell(x_t, h, c, W_x, W_h, b):
    i, f, g, o = _lstm_sums(x_t, h, W_x, W_h, b)
    c_new = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * c_new, c_new


def _forget_on_the_candidate_too(x_t, h, c, W_x, W_h, b):
    i, f, g, o = _lstm_sums(x_t, h, W_x, W_h, b)
    c_new = _sigmoid(f) * (c + _sigmoid(i) * np.tanh(g))
    return _sigmoid(o) * np.tanh(c_new), c_new


def _shows_the_old_cell(x_t, h, c, W_x, W_h, b):
    i, f, g, o = _lstm_sums(x_t, h, W_x, W_h, b)
    return _sigmoid(o) * np.tanh(c), _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)


def _cell_first(x_t, h, c, W_x, W_h, b):
    h_new, c_new = _keras_lstm_step(x_t, h, c, W_x, W_h, b)
    return c_new, h_new


def _lstm_cases():
    rng = np.random.default_rng(5)
    tiny = (
        np.array([[1.0]]),
        np.array([[0.5]]),
        np.array([[2.0]]),
        np.array([[0.2, -0.3, 1.0, 0.4]]),
        np.array([[0.6, 0.1, -0.8, 0.2]]),
        np.array([0.0, 1.0, 0.1, -0.5]),
    )
    cases = [tiny]
    for batch, m, n in ((1, 3, 2), (4, 2, 3)):
        sizes = ((batch, m), (batch, n), (batch, n), (m, 4 * n), (n, 4 * n), (4 * n,))
        cases.append(tuple(rng.normal(size=size) for size in sizes))
    return cases


def _keras_gru_step(x_t, h, W_x, W_h, b):
    from keras import layers

    cell = layers.GRUCell(W_h.shape[0], reset_after=False)
    cell.build(x_t.shape)
    cell.set_weights([W_x, W_h, b])
    return np.asarray(cell(x_t.astype("float32"), [h.astype("float32")])[0])


def _gru_parts(x_t, h, W_x, W_h, b):
    """Return z, r, the candidate's sum without the state, and the candidate's recurrent block."""
    n = W_h.shape[0]
    a_x = x_t @ W_x + b
    z, r = np.split(_sigmoid(a_x[:, : 2 * n] + h @ W_h[:, : 2 * n]), 2, axis=-1)
    return z, r, a_x[:, 2 * n :], W_h[:, 2 * n :]


def _z_the_other_way(x_t, h, W_x, W_h, b):
    z, r, a, U = _gru_parts(x_t, h, W_x, W_h, b)
    return (1 - z) * h + z * np.tanh(a + (r * h) @ U)


def _reset_after_the_product(x_t, h, W_x, W_h, b):
    z, r, a, U = _gru_parts(x_t, h, W_x, W_h, b)
    return z * h + (1 - z) * np.tanh(a + r * (h @ U))


def _no_reset(x_t, h, W_x, W_h, b):
    z, _, a, U = _gru_parts(x_t, h, W_x, W_h, b)
    return z * h + (1 - z) * np.tanh(a + h @ U)


def _update_and_reset_swapped(x_t, h, W_x, W_h, b):
    r, z, a, U = _gru_parts(x_t, h, W_x, W_h, b)
    return z * h + (1 - z) * np.tanh(a + (r * h) @ U)


def _sigmoid_on_the_grus_candidate(x_t, h, W_x, W_h, b):
    z, r, a, U = _gru_parts(x_t, h, W_x, W_h, b)
    return z * h + (1 - z) * _sigmoid(a + (r * h) @ U)


def _adds_without_forgetting(x_t, h, W_x, W_h, b):
    z, r, a, U = _gru_parts(x_t, h, W_x, W_h, b)
    return h + (1 - z) * np.tanh(a + (r * h) @ U)


def _gru_cases():
    rng = np.random.default_rng(6)
    tiny = (
        np.array([[1.0]]),
        np.array([[0.5]]),
        np.array([[0.4, -1.0, 0.9]]),
        np.array([[0.6, 0.1, -0.8]]),
        np.array([0.1, 0.3, -0.2]),
    )
    cases = [tiny]
    for batch, m, n in ((1, 3, 2), (4, 2, 3)):
        sizes = ((batch, m), (batch, n), (m, 3 * n), (n, 3 * n), (3 * n,))
        cases.append(tuple(rng.normal(size=size) for size in sizes))
    return cases


def _count_params(kind, m, n):
    from keras import layers

    layer = getattr(layers, kind)(n)
    layer.build((None, None, m))
    return layer.count_params()


_BLOCKS = {"SimpleRNN": 1, "LSTM": 4, "GRU": 3}
_BIASES = {"SimpleRNN": 1, "LSTM": 1, "GRU": 2}


EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="lstm_step",
        oracle=_keras_lstm_step,
        cases=_lstm_cases,
        mistakes=(
            Mistake(
                _input_and_forget_swapped,
                "the first two gates are mixed up. Look at the order of the four blocks of "
                "columns in W_x, W_h and b.",
            ),
            Mistake(
                _candidate_and_output_swapped,
                "the last two blocks are mixed up. Papers often write the output gate before the "
                "candidate; look at the order of Keras's blocks.",
            ),
            Mistake(
                _sigmoid_on_the_candidate,
                "the candidate is not a gate: it is what gets written, and must be able to be "
                "negative. Look at its formula.",
            ),
            Mistake(
                _no_tanh_on_the_cell,
                "c is right and h is not: the cell state can grow large, what the cell shows stays "
                "between -1 and 1. Look at the formula of h_t.",
            ),
            Mistake(
                _forget_on_the_candidate_too,
                "the forget gate also shrinks what is written at this very step. Look at what it "
                "multiplies: a bracket too many?",
            ),
            Mistake(
                _shows_the_old_cell,
                "c is right, and h shows the cell as it was before this step. Look at the index "
                "of c in the formula of h_t.",
            ),
            Mistake(_cell_first, "both are right, in the wrong order: return h_t first, then c_t."),
        ),
    ),
    Exercise(
        name="gru_step",
        oracle=_keras_gru_step,
        cases=_gru_cases,
        mistakes=(
            Mistake(
                _z_the_other_way,
                "z and 1 - z have changed places: some papers write it so. Here z says how much "
                "of the old state is kept.",
            ),
            Mistake(
                _reset_after_the_product,
                "the reset gate acts after the matrix product. That is the variant with "
                "reset_after=True; here it acts on the state before it is multiplied.",
            ),
            Mistake(
                _no_reset,
                "the reset gate is not used. Look at the state that the candidate reads.",
            ),
            Mistake(
                _update_and_reset_swapped,
                "z and r are mixed up. Look at the order of the three blocks of columns.",
            ),
            Mistake(
                _sigmoid_on_the_grus_candidate,
                "the candidate is not a gate: it must be able to be negative. Look at its formula.",
            ),
            Mistake(
                _adds_without_forgetting,
                "the old state is kept whole and the candidate added on top, so the state can "
                "leave -1 … 1. The new state is a mixture: its two weights add up to 1.",
            ),
        ),
    ),
    Exercise(
        name="count_gated_parameters",
        oracle=_count_params,
        cases=lambda: [
            ("LSTM", 1, 1),
            ("LSTM", 3, 5),
            ("GRU", 1, 1),
            ("GRU", 7, 4),
            ("SimpleRNN", 7, 4),
            ("SimpleRNN", 40, 64),
        ],
        mistakes=(
            Mistake(
                lambda kind, m, n: _BLOCKS[kind] * (n * (m + n) + n),
                "SimpleRNN and LSTM are right. Keras's GRU has reset_after=True: print the shape "
                "of its bias.",
            ),
            Mistake(
                lambda kind, m, n: _BLOCKS[kind] * n * (m + n),
                "the biases are missing.",
            ),
            Mistake(
                lambda kind, m, n: _BLOCKS[kind] * (n * m + _BIASES[kind] * n),
                "the recurrent weights are missing: each block reads the old state too.",
            ),
            Mistake(
                lambda kind, m, n: (
                    (_BLOCKS[kind] - (kind != "SimpleRNN")) * (n * (m + n))
                    + (_BLOCKS[kind] - (kind != "SimpleRNN")) * _BIASES[kind] * n
                ),
                "only the gates are counted. The candidate has weights of its own as well.",
            ),
            Mistake(
                lambda kind, m, n: n * (m + n) + _BIASES[kind] * n,
                "that is one block. How many blocks lie side by side in the kernel of each layer?",
            ),
        ),
    ),
)

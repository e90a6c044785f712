"""Correct answers in other styles: gates."""

import numpy as np


def lstm_loops(x_t, h, c, W_x, W_h, b):
    """One unit at a time, with Python's floats."""
    n = len(W_h)
    h_new, c_new = np.zeros(h.shape), np.zeros(c.shape)
    for row in range(len(x_t)):
        for k in range(n):
            a = [x_t[row] @ W_x[:, q * n + k] + h[row] @ W_h[:, q * n + k] + b[q * n + k]
                 for q in range(4)]  # fmt: skip
            i, f, o = (1 / (1 + np.exp(-a[q])) for q in (0, 1, 3))
            c_new[row, k] = f * c[row, k] + i * np.tanh(a[2])
            h_new[row, k] = o * np.tanh(c_new[row, k])
    return [h_new, c_new]


def lstm_in_one_product(x_t, h, c, W_x, W_h, b):
    """Weights stacked, float32, the sigmoid as a tanh, c changed in place."""
    both = np.concatenate([x_t, h], axis=1).astype("float32")
    a = both @ np.vstack([W_x, W_h]).astype("float32") + b.astype("float32")
    i, f, g, o = a.reshape(len(x_t), 4, -1).transpose(1, 0, 2)
    c *= 0.5 * np.tanh(0.5 * f) + 0.5
    c += (0.5 * np.tanh(0.5 * i) + 0.5) * np.tanh(g)
    return (0.5 * np.tanh(0.5 * o) + 0.5) * np.tanh(c), c


def gru_einsum(x_t, h, W_x, W_h, b):
    n = h.shape[1]
    W = W_x.reshape(-1, 3, n)
    U = W_h.reshape(-1, 3, n)
    a = np.einsum("bm,mqn->qbn", x_t, W) + b.reshape(3, 1, n)
    z, r = 1 / (1 + np.exp(-(a[:2] + np.einsum("bk,kqn->qbn", h, U[:, :2]))))
    g = np.tanh(a[2] + np.einsum("bk,kn->bn", r * h, U[:, 2]))
    return g + z * (h - g)


def gru_slices(x_t, h, W_x, W_h, b):
    n = len(W_h)
    x_t, h, W_x, W_h, b = (np.asarray(v, "float32") for v in (x_t, h, W_x, W_h, b))

    def block(q, state):
        part = slice(q * n, (q + 1) * n)
        return x_t @ W_x[:, part] + state @ W_h[:, part] + b[part]

    z = 1 / (1 + np.exp(-block(0, h)))
    r = 1 / (1 + np.exp(-block(1, h)))
    return (z * h + (1 - z) * np.tanh(block(2, r * h))).tolist()


def count_by_arrays(kind, m, n):
    blocks = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[kind]
    shapes = [(m, blocks * n), (n, blocks * n), (2 if kind == "GRU" else 1, blocks * n)]
    return sum(np.zeros(shape).size for shape in shapes)


def count_by_cases(kind, m, n):
    if kind == "LSTM":
        return 4 * (n * (m + n) + n)
    if kind == "GRU":
        return 3 * (n * (m + n) + 2 * n)
    return float(n * (m + n + 1))


STYLES: dict = {
    "lstm_step": [lstm_loops, lstm_in_one_product],
    "gru_step": [gru_einsum, gru_slices],
    "count_gated_parameters": [count_by_arrays, count_by_cases],
}

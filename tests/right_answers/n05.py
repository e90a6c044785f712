"""Right answers to the exercises of notebook 05 by other ways than the solution's."""

import numpy as np


def lstm_step__unit_by_unit(x_t, h, c, W_x, W_h, b):
    n = len(W_h)
    h_t, c_t = np.zeros(h.shape), np.zeros(c.shape)
    for row in range(len(x_t)):
        for k in range(n):
            block = [k, n + k, 2 * n + k, 3 * n + k]
            a = x_t[row] @ W_x[:, block] + h[row] @ W_h[:, block] + b[block]
            i, f, _, o = 1 / (1 + np.exp(-a))
            c_t[row, k] = f * c[row, k] + i * np.tanh(a[2])
            h_t[row, k] = o * np.tanh(c_t[row, k])
    return [h_t, c_t]


def lstm_step__one_product_and_sigmoid_as_a_tanh(x_t, h, c, W_x, W_h, b):
    a = np.concatenate([x_t, h], axis=1) @ np.vstack([W_x, W_h]) + b
    i, f, g, o = a.reshape(len(x_t), 4, -1).transpose(1, 0, 2)
    c *= 0.5 * np.tanh(0.5 * f) + 0.5
    c += (0.5 * np.tanh(0.5 * i) + 0.5) * np.tanh(g)
    return (0.5 * np.tanh(0.5 * o) + 0.5) * np.tanh(c), c


def gru_step__blocks_on_an_axis(x_t, h, W_x, W_h, b):
    n = h.shape[1]
    W = W_x.reshape(-1, 3, n)
    U = W_h.reshape(-1, 3, n)
    a = np.einsum("bm,mqn->qbn", x_t, W) + b.reshape(3, 1, n)
    z, r = 1 / (1 + np.exp(-(a[:2] + np.einsum("bk,kqn->qbn", h, U[:, :2]))))
    g = np.tanh(a[2] + np.einsum("bk,kn->bn", r * h, U[:, 2]))
    return g + z * (h - g)


def gru_step__block_by_block(x_t, h, W_x, W_h, b):
    n = len(W_h)

    def block(q, state):
        part = slice(q * n, (q + 1) * n)
        return x_t @ W_x[:, part] + state @ W_h[:, part] + b[part]

    z = 1 / (1 + np.exp(-block(0, h)))
    r = 1 / (1 + np.exp(-block(1, h)))
    return (z * h + (1 - z) * np.tanh(block(2, r * h))).tolist()


def count_gated_parameters__sizes_of_arrays(kind, m, n):
    blocks = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[kind]
    biases = 2 if kind == "GRU" else 1
    shapes = [(m, blocks * n), (n, blocks * n), (biases, blocks * n)]
    return sum(np.zeros(shape).size for shape in shapes)


def count_gated_parameters__a_formula_per_kind(kind, m, n):
    if kind == "LSTM":
        return 4 * (n * (m + n) + n)
    if kind == "GRU":
        return 3 * (n * (m + n) + 2 * n)
    return float(n * (m + n + 1))

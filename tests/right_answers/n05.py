"""Right answers to the exercises of notebook 05 by other ways than the solution's."""

import numpy as np


def design_adder__smaller_and_harder():
    W_x = np.zeros((2, 4))
    W_x[1, 0] = 60
    W_x[0, 2] = 0.02
    return W_x, np.zeros((1, 4)), np.array([-30, 20, 0, 20.0]), np.array([[50.0]])


def design_adder__negative_cell_and_half_open_output():
    W_x = [[0, 0, -0.05, 0], [24, 0, 0, 0]]
    return W_x, [[0.0] * 4], [-12, 12, 0, 0], [[-40]]


def design_adder__candidate_gated_by_the_mark():
    """The candidate itself is dark without a mark: it saturates to 0 only through the gate."""
    W_x = [[0, 1, 0.1, 1], [30, 5, 0, 0]]
    return W_x, [[0, 0, 0, 0]], [-15, 9, 0, 9], [[10]]


def cell_backward__from_the_outside_in(dh, dc, c, i, f, g, o, c_t):
    tanh = np.tanh(c_t)
    d_o = dh * tanh
    d_tanh = dh * o
    whole = d_tanh / np.cosh(c_t) ** 2 + dc
    return [whole, np.hstack([whole * g * (i - i**2), whole * c * (f - f**2),
                              whole * i * (1 + g) * (1 - g), d_o * (o - o**2)])]  # fmt: skip


def cell_backward__a_small_step_each_way(dh, dc, c, i, f, g, o, c_t):
    """By differences: the four sums are moved a little, the two outputs are weighed."""

    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    sums = [np.log(i / (1 - i)), np.log(f / (1 - f)), np.arctanh(g), np.log(o / (1 - o))]

    def heard(sums, extra=0):
        c_new = sigmoid(sums[1]) * c + sigmoid(sums[0]) * np.tanh(sums[2]) + extra
        return dh * sigmoid(sums[3]) * np.tanh(c_new) + dc * c_new

    step = 1e-6
    parts = []
    for k in range(4):
        up = [s + step * (j == k) for j, s in enumerate(sums)]
        down = [s - step * (j == k) for j, s in enumerate(sums)]
        parts.append((heard(up) - heard(down)) / (2 * step))
    dc_t = (heard(sums, step) - heard(sums, -step)) / (2 * step)
    return dc_t, np.concatenate(parts, axis=1)


def forget_bias__one_formula(k):
    return -np.log(2 ** (1 / k) - 1)


def forget_bias__by_halving(k):
    low, high = -1, 40
    for _ in range(80):
        middle = (low + high) / 2
        if (1 / (1 + np.exp(-middle))) ** k < 0.5:
            low = middle
        else:
            high = middle
    return high

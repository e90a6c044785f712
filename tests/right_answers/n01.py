"""Right answers by another way: texts with the same pairs, the recurrence, a bound on writing."""

import numpy as np


def same_pairs__short():
    return ["x x y x", "x y x x"]


def same_pairs__spanish():
    return (
        "el perro muerde y el hombre grita y el gato duerme",
        "el hombre grita y el perro muerde y el gato duerme",
    )


def recurrence__one_matrix(x, W_xh, W_hh, b_h):
    W = np.concatenate([W_xh, W_hh])
    h = 0 * b_h
    for t in range(len(x)):
        h = np.tanh(np.concatenate([x[t], h]) @ W + b_h)
    return h


def recurrence__recursive(x, W_xh, W_hh, b_h):
    if len(x) == 0:
        return np.zeros(len(W_hh))
    return np.tanh(W_xh.T @ x[-1] + W_hh.T @ recurrence__recursive(x[:-1], W_xh, W_hh, b_h) + b_h)


def recurrence__sums_by_loops(x, W_xh, W_hh, b_h):
    n = len(b_h)
    h = [0.0] * n
    for row in x:
        new = []
        for k in range(n):
            a = b_h[k]
            for i, number in enumerate(row):
                a += number * W_xh[i][k]
            for i in range(n):
                a += h[i] * W_hh[i][k]
            new.append(np.tanh(a))
        h = new
    return h


def recurrence__batch_of_one(x, W_xh, W_hh, b_h):
    h = np.zeros((1, len(b_h)))
    for x_t in x:
        h = np.tanh(x_t[None] @ W_xh + h @ W_hh + b_h)
    return h[0]


def best_in_step__closed(T, letters):
    known = (T + 1) // 2
    return (known + (T - known) / letters) / T


def best_in_step__from_zero(T, letters):
    return np.mean([1 if T - 1 - t <= t else 1 / letters for t in range(T)])

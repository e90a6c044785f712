"""Right answers by another way: a neuron."""

import numpy as np


def neuron__two_loops(x, w, b):
    y = []
    for row in x:
        total = b
        for x_ij, w_j in zip(row, w, strict=True):
            total += x_ij * w_j
        y.append(total)
    return y


def neuron__bias_as_a_weight(x, w, b):
    return np.c_[x, np.ones(len(x))] @ np.append(w, b)

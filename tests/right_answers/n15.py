"""Right answers to the exercises of notebook 15 by other ways than the solution's."""

import numpy as np


def sweep_matrix__weight_by_weight(w, height, width, stride):
    rows = len(range(0, height - w.shape[0] + 1, stride))
    columns = len(range(0, width - w.shape[1] + 1, stride))
    M = np.zeros((rows * columns, height * width))
    for neuron in range(len(M)):
        p, q = divmod(neuron, columns)
        for (i, j), weight in np.ndenumerate(w):
            M[neuron, (i + stride * p) * width + j + stride * q] = weight
    return M


def sweep_matrix__as_lists(w, height, width, stride):
    M = []
    for top in range(0, height - w.shape[0] + 1, stride):
        for left in range(0, width - w.shape[1] + 1, stride):
            row = [0.0] * (height * width)
            for (i, j), weight in np.ndenumerate(w):
                row[(top + i) * width + left + j] = float(weight)
            M.append(row)
    return M


def receptive_field__by_a_loop(kernels, strides):
    r, distance, fields = 1, 1, []
    for k, s in zip(kernels, strides, strict=True):
        r += (k - 1) * distance
        distance *= s
        fields.append(r)
    return fields


def receptive_field__walking_back(kernels, strides):
    fields = []
    for depth in range(1, len(kernels) + 1):
        seen = 1
        for k, s in zip(kernels[:depth][::-1], strides[:depth][::-1], strict=True):
            seen = (seen - 1) * s + k
        fields.append(seen)
    return tuple(fields)


def see_it_all__with_small_kernels():
    return np.array([2] * 14), np.array([2] + [1] * 13)

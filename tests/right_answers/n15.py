"""Right answers to the exercises of notebook 15 by other ways than the solution's."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def patch_neuron__by_loops(x, w, b, p, q, stride):
    z = b
    for i in range(len(w)):
        for j in range(len(w[0])):
            z += w[i][j] * x[i + stride * p][j + stride * q]
    return z


def patch_neuron__of_all_windows(x, w, b, p, q, stride):
    windows = sliding_window_view(x, w.shape)[::stride, ::stride]
    return np.einsum("ijmn,mn->ij", windows, w)[p, q] + b


def layer_parameters__by_cases(kind, shape, size, stride, filters):
    rows = len(range(0, shape[0] - size + 1, stride))
    columns = len(range(0, shape[1] - size + 1, stride))
    one = size * size * shape[2] + 1
    if kind == "full":
        return rows * columns * filters * (shape[0] * shape[1] * shape[2] + 1)
    if kind == "local":
        return rows * columns * filters * one
    return filters * one


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

"""Other correct answers to the exercises of helpers/checks/connectivity.py."""

import itertools
import math

import numpy as np


def patch_neuron_loops(x, w, b, p, q, stride):
    total = b
    for i in range(len(w)):
        for j in range(len(w[0])):
            total += w[i][j] * x[i + stride * p][j + stride * q]
    return total


def patch_neuron_windows(x, w, b, p, q, stride):
    windows = np.lib.stride_tricks.sliding_window_view(x, w.shape)[::stride, ::stride]
    return np.einsum("ij,ij->", windows[p, q], w).astype("float32") + b


def patch_neuron_vectors(x, w, b, p, q, stride):
    size = len(w)
    patch = np.asarray(x)[stride * p :, stride * q :][:size, :size]
    return np.array(patch.ravel() @ w.ravel() + b)


def layer_parameters_branches(kind, shape, size, stride, filters):
    height, width, channels = shape
    places = math.prod((side - size) // stride + 1 for side in (height, width))
    one = size * size * channels + 1
    if kind == "full":
        return places * filters * (height * width * channels + 1)
    if kind == "local":
        return places * filters * one
    return filters * one


def layer_parameters_table(kind, shape, size, stride, filters):
    rows = len(range(0, shape[0] - size + 1, stride))
    columns = len(range(0, shape[1] - size + 1, stride))
    inputs = {"full": np.prod(shape)}.get(kind, size**2 * shape[2])
    owners = {"shared": 1}.get(kind, rows * columns) * filters
    return np.int64((inputs + 1) * owners)


def receptive_field_loop(kernels, strides):
    field, jump, fields = 1, 1, []
    for kernel, stride in zip(kernels, strides, strict=True):
        field += (kernel - 1) * jump
        jump *= stride
        fields.append(field)
    return fields


def receptive_field_cumulative(kernels, strides):
    jumps = np.cumprod([1, *strides[:-1]])
    return 1 + np.cumsum((np.array(kernels) - 1) * jumps)


def receptive_field_accumulate(kernels, strides):
    jumps = itertools.accumulate([1, *strides[:-1]], lambda a, b: a * b)
    steps = [(k - 1) * float(jump) for k, jump in zip(kernels, jumps, strict=True)]
    return tuple(itertools.accumulate(steps, initial=1.0))[1:]


STYLES = {
    "patch_neuron": [patch_neuron_loops, patch_neuron_windows, patch_neuron_vectors],
    "layer_parameters": [layer_parameters_branches, layer_parameters_table],
    "receptive_field": [
        receptive_field_loop,
        receptive_field_cumulative,
        receptive_field_accumulate,
    ],
}

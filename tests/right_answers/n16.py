"""Right answers by another way: max pooling, average pooling as a kernel, the way back."""

import numpy as np


def max_pool__sliding_window_view(X, size, stride):
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size))
    return windows[::stride, ::stride].max(axis=(2, 3))


def max_pool__shifted_images(X, size, stride):
    rows, columns = ((side - size) // stride + 1 for side in X.shape)
    Y = np.full((rows, columns), -np.inf)
    for i in range(size):
        for j in range(size):
            part = X[i : i + stride * (rows - 1) + 1, j : j + stride * (columns - 1) + 1]
            Y = np.maximum(Y, part[::stride, ::stride])
    return Y


def average_kernel__einsum(size, channels):
    return np.einsum("ij,cd->ijcd", np.full((size, size), size**-2.0), np.eye(channels))


def average_kernel__tile(size, channels):
    return np.tile(np.eye(channels) / (size * size), (size, size, 1, 1))


def max_pool_backward__enlarged(X, dY, size):
    height, width = (size * side for side in dY.shape)
    inner = X[:height, :width]
    blocks = inner.reshape(dY.shape[0], size, dY.shape[1], size)
    largest = np.kron(blocks.max(axis=(1, 3)), np.ones((size, size)))
    dX = np.zeros(X.shape)
    dX[:height, :width] = (inner == largest) * np.kron(dY, np.ones((size, size)))
    return dX


def max_pool_backward__pixel_by_pixel(X, dY, size):
    dX = np.zeros(X.shape)
    for (p, q), gradient in np.ndenumerate(dY):
        places = [(p * size + i, q * size + j) for i in range(size) for j in range(size)]
        dX[max(places, key=lambda place: X[place])] += gradient
    return dX

"""Correct answers in other styles: convolution."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def true_by_loops(X, K):
    k, m = K.shape
    rows, columns = X.shape[0] - k + 1, X.shape[1] - m + 1
    Y = [[0.0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            for a in range(k):
                for b in range(m):
                    Y[i][j] += X[i + k - 1 - a, j + m - 1 - b] * K[a, b]
    return Y


def true_by_a_turn(X, K):
    return np.einsum("xymn,mn->xy", sliding_window_view(X, K.shape), np.rot90(K, 2))


def true_in_float32(X, K):
    windows = sliding_window_view(X.astype("float32"), K.shape)
    return (windows[..., ::-1, ::-1] * K.astype("float32")).sum(axis=(-2, -1))


def size_by_counting(n, k, padding, stride, dilation):
    span = dilation * (k - 1)
    return sum(1 for start in range(0, n + 2 * padding, stride) if start + span < n + 2 * padding)


def size_by_floor(n, k, padding, stride, dilation):
    return np.floor((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1


def size_by_range(n, k, padding, stride, dilation):
    return len(range(0, n + 2 * padding - dilation * (k - 1), stride))


def strided_by_loops(X, K, padding, stride):
    padded = np.zeros([side + 2 * padding for side in X.shape])
    padded[padding : padding + X.shape[0], padding : padding + X.shape[1]] = X
    k = K.shape[0]
    rows, columns = ((side - k) // stride + 1 for side in padded.shape)
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            r, c = i * stride, j * stride
            Y[i, j] = (padded[r : r + k, c : c + k] * K).sum()
    return Y


def strided_by_einsum(X, K, padding, stride):
    windows = sliding_window_view(np.pad(X, padding).astype("float32"), K.shape)
    return np.einsum("xymn,mn->xy", windows[::stride, ::stride], K)


def strided_by_shifts(X, K, padding, stride):
    """One shifted image for each weight."""
    padded = np.pad(X, padding)
    rows, columns = (side - K.shape[0] + 1 for side in padded.shape)
    shifted = (w * padded[i : i + rows, j : j + columns] for (i, j), w in np.ndenumerate(K))
    return sum(shifted)[::stride, ::stride]


def channels_by_loops(X, K, b):
    k, _, _, filters = K.shape
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1, filters))
    for i, j, f in np.ndindex(Y.shape):
        Y[i, j, f] = (X[i : i + k, j : j + k] * K[..., f]).sum() + b[f]
    return Y


def channels_by_tensordot(X, K, b):
    k, _, channels, _ = K.shape
    windows = sliding_window_view(X, (k, k, channels))[:, :, 0]
    return np.tensordot(windows, K, axes=3) + b


def channels_by_a_matrix_product(X, K, b):
    k, _, channels, filters = K.shape
    windows = sliding_window_view(X.astype("float32"), (k, k, channels))[:, :, 0]
    columns = windows.reshape(*windows.shape[:2], -1)
    return columns @ K.reshape(-1, filters).astype("float32") + b


STYLES: dict = {
    "true_convolution": [true_by_loops, true_by_a_turn, true_in_float32],
    "output_size": [size_by_counting, size_by_floor, size_by_range],
    "strided_convolution": [strided_by_loops, strided_by_einsum, strided_by_shifts],
    "conv_channels": [channels_by_loops, channels_by_tensordot, channels_by_a_matrix_product],
}

"""Right answers to the exercises of notebook 14 by other ways than the solution's."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def true_convolution__by_the_formula(X, K):
    k = len(K)
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1))
    for i, j in np.ndindex(Y.shape):
        for m, n in np.ndindex(K.shape):
            Y[i, j] += X[i + m, j + n] * K[k - 1 - m, k - 1 - n]
    return Y


def true_convolution__by_fourier(X, K):
    full = [a + b - 1 for a, b in zip(X.shape, K.shape, strict=True)]
    Y = np.fft.irfft2(np.fft.rfft2(X, full) * np.fft.rfft2(K, full), full)
    return Y[len(K) - 1 : X.shape[0], len(K) - 1 : X.shape[1]]


def output_size__by_counting(n, k, padding, stride, dilation):
    end = n + 2 * padding
    return sum(1 for start in range(0, end, stride) if start + dilation * (k - 1) < end)


def output_size__by_floor(n, k, padding, stride, dilation):
    return np.floor((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1


def strided_convolution__by_loops(X, K, padding, stride):
    padded = np.zeros([side + 2 * padding for side in X.shape])
    padded[padding : padding + X.shape[0], padding : padding + X.shape[1]] = X
    k = len(K)
    Y = np.zeros([(side - k) // stride + 1 for side in padded.shape])
    for i, j in np.ndindex(Y.shape):
        row, column = i * stride, j * stride
        Y[i, j] = (padded[row : row + k, column : column + k] * K).sum()
    return Y


def strided_convolution__one_shifted_image_per_weight(X, K, padding, stride):
    padded = np.pad(X, padding)
    rows, columns = (side - len(K) + 1 for side in padded.shape)
    shifted = (w * padded[i : i + rows, j : j + columns] for (i, j), w in np.ndenumerate(K))
    return sum(shifted)[::stride, ::stride]


def conv_channels__by_loops(X, K, b):
    k, _, _, filters = K.shape
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1, filters))
    for i, j, f in np.ndindex(Y.shape):
        Y[i, j, f] = (X[i : i + k, j : j + k] * K[..., f]).sum() + b[f]
    return Y


def conv_channels__by_a_matrix_product(X, K, b):
    k, _, channels, filters = K.shape
    windows = sliding_window_view(X, (k, k, channels))[:, :, 0]
    rows = windows.reshape(*windows.shape[:2], -1)
    return rows @ K.reshape(-1, filters) + b

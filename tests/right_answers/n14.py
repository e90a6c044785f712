"""Right answers to the exercises of notebook 14 by other ways than the solution's."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def correlate__by_the_formula(X, K):
    M, N = K.shape
    Y = np.zeros((X.shape[0] - M + 1, X.shape[1] - N + 1))
    for i, j in np.ndindex(Y.shape):
        for m, n in np.ndindex(K.shape):
            Y[i, j] += X[i + m, j + n] * K[m, n]
    return Y


def correlate__all_windows_at_once(X, K):
    return np.einsum("ijmn,mn->ij", sliding_window_view(X, K.shape), K)


def correlate__one_shifted_image_per_weight(X, K):
    rows, columns = (a - b + 1 for a, b in zip(X.shape, K.shape, strict=True))
    return sum(w * X[m : m + rows, n : n + columns] for (m, n), w in np.ndenumerate(K))


def correlate__by_a_list(X, K):
    M, N = len(K), len(K[0])
    return [
        [np.vdot(X[i : i + M, j : j + N], K) for j in range(len(X[0]) - N + 1)]
        for i in range(len(X) - M + 1)
    ]


def image_gradient__by_the_true_convolution(R, K):
    border = [(side - 1, side - 1) for side in K.shape]
    windows = sliding_window_view(np.pad(R, border), K.shape)
    return np.einsum("ijmn,mn->ij", windows, K[::-1, ::-1])


def image_gradient__by_the_formula(R, K):
    dL_dX = np.zeros(np.add(R.shape, K.shape) - 1)
    for a, b in np.ndindex(dL_dX.shape):
        for m, n in np.ndindex(K.shape):
            if 0 <= a - m < R.shape[0] and 0 <= b - n < R.shape[1]:
                dL_dX[a, b] += R[a - m, b - n] * K[m, n]
    return dL_dX


def image_gradient__by_fourier(R, K):
    full = np.add(R.shape, K.shape) - 1
    return np.fft.irfft2(np.fft.rfft2(R, full) * np.fft.rfft2(K, full), full)


def image_gradient__one_weight_at_a_time(R, K):
    rows, columns = R.shape
    dL_dX = np.zeros((rows + len(K) - 1, columns + len(K[0]) - 1))
    for (m, n), weight in np.ndenumerate(K):
        dL_dX[m : m + rows, n : n + columns] += weight * R
    return dL_dX


def correlate_channels__by_einsum(X, K, b):
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.einsum("ijcmn,mncf->ijf", windows, K) + b


def correlate_channels__by_a_matrix_product(X, K, b):
    k, _, channels, filters = K.shape
    windows = sliding_window_view(X, (k, k, channels))[:, :, 0]
    rows = windows.reshape(*windows.shape[:2], -1)
    return rows @ K.reshape(-1, filters) + b


def cross_detector__that_says_one_to_a_cross():
    K = np.array([[0.2, -0.25, 0.2], [-0.25, 0.2, -0.25], [0.2, -0.25, 0.2]])
    return K, -0.9


def cross_detector__with_unequal_weights():
    return [[5, -6, 5], [-5, 4, -6], [4, -6, 5]], np.array([-21])


def cross_detector__taught_by_its_errors():
    """The perceptron's rule on all windows, each with its mean taken off."""
    cross = np.array([1, 0, 1, 0, 1, 0, 1, 0, 1])
    windows = (np.arange(512)[:, None] >> np.arange(9)) & 1
    targets = np.where((windows == cross).all(axis=1), 1, -1)
    centred = windows - windows.mean(axis=1, keepdims=True)
    w, b = np.zeros(9), 0.0
    for _ in range(1000):
        wrong = np.flatnonzero(targets * (centred @ w + b) <= 0)
        if not len(wrong):
            break
        for one in wrong:
            w += targets[one] * centred[one]
            b += targets[one]
    return (w - w.mean()).reshape(3, 3), b


def cross_detector__with_thirds():
    """With one cell of × missing it says 16/3 - 16/3: 0 but for rounding."""
    K = np.where([[1, 0, 1], [0, 1, 0], [1, 0, 1]], 4 / 3, -5 / 3)
    return K, -16 / 3

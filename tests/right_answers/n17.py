"""Right answers by another way: one kernel, folded normalisation, a stage, filters."""

import numpy as np


def one_kernel__weight_by_weight(K, L):
    M = np.zeros((len(K) + len(L) - 1,) * 2)
    for (i, j), k in np.ndenumerate(K):
        for (m, n), weight in np.ndenumerate(L):
            M[i + m, j + n] += k * weight
    return M


def one_kernel__in_frequencies(K, L):
    shape = (len(K) + len(L) - 1,) * 2
    return np.fft.irfft2(np.fft.rfft2(K, shape) * np.fft.rfft2(L, shape), shape)


def one_kernel__copies_of_the_second(K, L):
    M = np.zeros((len(K) + len(L) - 1,) * 2)
    for i in range(len(K)):
        for j in range(len(K)):
            M[i : i + len(L), j : j + len(L)] += K[i, j] * L
    return M


def fold_norm__by_trying(K, gamma, beta, mean, variance, epsilon):
    at_zero = gamma * (0 - mean) / np.sqrt(variance + epsilon) + beta
    at_one = gamma * (1 - mean) / np.sqrt(variance + epsilon) + beta
    return K * (at_one - at_zero), at_zero


def fold_norm__filter_by_filter(K, gamma, beta, mean, variance, epsilon):
    K = K.copy()
    b = []
    for f in range(K.shape[-1]):
        scale = gamma[f] * (variance[f] + epsilon) ** -0.5
        K[..., f] *= scale
        b.append(beta[f] - mean[f] * scale)
    return K, b


def stage__relu_after_the_pooling(maps, K, b, padding, pool):
    maps = np.pad(maps, [(0, 0), (padding,) * 2, (padding,) * 2, (0, 0)])
    windows = np.lib.stride_tricks.sliding_window_view(maps, (3, 3), axis=(1, 2))
    maps = np.tensordot(windows, K, ((4, 5, 3), (0, 1, 2))) + b
    if pool:
        h, w = maps.shape[1] // 2 * 2, maps.shape[2] // 2 * 2
        rows = np.maximum(maps[:, 0:h:2, :w], maps[:, 1:h:2, :w])
        maps = np.maximum(rows[:, :, 0::2], rows[:, :, 1::2])
    return maps * (maps > 0)


def stage__in_loops(maps, K, b, padding, pool):
    n, h, w, c = maps.shape
    padded = np.zeros((n, h + 2 * padding, w + 2 * padding, c))
    padded[:, padding : padding + h, padding : padding + w] = maps
    h, w = h + 2 * padding - 2, w + 2 * padding - 2
    out = np.zeros((n, h, w, K.shape[-1]))
    for i in range(h):
        for j in range(w):
            window = padded[:, i : i + 3, j : j + 3].reshape(n, -1)
            out[:, i, j] = window @ K.reshape(-1, K.shape[-1]) + b
    out[out < 0] = 0
    if not pool:
        return out
    small = np.zeros((n, h // 2, w // 2, K.shape[-1]))
    for i in range(h // 2):
        for j in range(w // 2):
            small[:, i, j] = out[:, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max(axis=(1, 2))
    return small


def my_filters__four_directions():
    step = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    slope = np.array([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]])
    filters = []
    for edges in (step, step.T, slope, slope[:, ::-1]):
        filters.append(edges.tolist())
    return np.transpose(filters, (1, 2, 0)) / 4


def my_filters__edges_and_a_blur():
    step = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    slope = np.array([[0, 1, 1], [-1, 0, 1], [-1, -1, 0]])
    return np.stack([step, step.T, slope, np.full((3, 3), 0.3)], axis=-1)

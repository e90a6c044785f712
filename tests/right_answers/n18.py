"""Right answers by another way: standardised channels, the schedule, a residual block."""

import math

import numpy as np


def standardise_channels__channel_by_channel(x_train, x_test):
    parts = []
    for x in (x_train, x_test):
        scaled = np.zeros(x.shape)
        for channel in range(x.shape[-1]):
            seen = x_train[..., channel]
            scaled[..., channel] = (x[..., channel] - seen.mean()) / seen.std()
        parts.append(scaled)
    return parts


def standardise_channels__flat(x_train, x_test):
    pixels = x_train.reshape(-1, x_train.shape[-1]).astype(float)
    mean = pixels.sum(axis=0) / len(pixels)
    std = np.sqrt((pixels**2).mean(axis=0) - mean**2)
    return (x_train - mean) / std, (x_test - mean) / std


def warmup_cosine__where(step, peak, warmup, steps):
    p = np.clip((step - warmup) / (steps - warmup), 0, 1)
    return np.where(step < warmup, peak * step / warmup, peak * (1 + np.cos(np.pi * p)) / 2)


def warmup_cosine__square_of_a_cosine(step, peak, warmup, steps):
    if step >= steps:
        return 0
    p = (step - warmup) / (steps - warmup)
    return peak * (step / warmup if step <= warmup else math.cos(math.pi * p / 2) ** 2)


def residual_gradient__jacobian_of_each_row(x, W_1, W_2, g):
    rows = []
    for x_i, g_i in zip(x, g, strict=True):
        D = np.diag((W_1.T @ x_i > 0).astype(float))
        J = np.eye(len(x_i)) + W_2.T @ D @ W_1.T
        rows.append(J.T @ g_i)
    return rows


def residual_gradient__differences(x, W_1, W_2, g):
    def loss(x):
        return np.sum(g * (x + np.maximum(x @ W_1, 0) @ W_2))

    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = 1e-5
        gradient[place] = (loss(x + step) - loss(x - step)) / 2e-5
    return gradient

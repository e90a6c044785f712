"""Wrong answers to the exercises of notebook 18: channels, warm-up and cosine, a residual block."""

import math

import numpy as np


def standardise_channels__width_kept(x_train, x_test):
    """The mean runs over images and rows only; each column keeps a mean of its own."""
    mean, std = x_train.mean(axis=(0, 1)), x_train.std(axis=(0, 1))
    return (x_train - mean) / std, (x_test - mean) / std


def standardise_channels__always_three(x_train, x_test):
    """Three channels are taken for granted."""
    a, b = np.zeros(x_train.shape), np.zeros(x_test.shape)
    for c in range(3):
        m, s = x_train[..., c].mean(), x_train[..., c].std()
        a[..., c] = (x_train[..., c] - m) / s
        b[..., c] = (x_test[..., c] - m) / s
    return a, b


def standardise_channels__bracket_missing(x_train, x_test):
    """Brackets are missing: only the mean is divided."""
    mean = x_train.mean(axis=(0, 1, 2))
    std = x_train.std(axis=(0, 1, 2))
    return x_train - mean / std, x_test - mean / std


def standardise_channels__statistics_taken_again(x_train, x_test):
    """x_train is overwritten before the statistics for x_test are taken from it."""
    x_train = (x_train - x_train.mean(axis=(0, 1, 2))) / x_train.std(axis=(0, 1, 2))
    x_test = (x_test - x_train.mean(axis=(0, 1, 2))) / x_train.std(axis=(0, 1, 2))
    return x_train, x_test


def standardise_channels__train_and_test_together(x_train, x_test):
    """The statistics are taken over training and test images together."""
    x = np.concatenate([x_train, x_test])
    mean, std = x.mean(axis=(0, 1, 2)), x.std(axis=(0, 1, 2))
    return (x_train - mean) / std, (x_test - mean) / std


def standardise_channels__one_deviation_for_all(x_train, x_test):
    """The mean is per channel, the deviation is one number for all."""
    mean = x_train.mean(axis=(0, 1, 2))
    std = x_train.std()
    return (x_train - mean) / std, (x_test - mean) / std


def standardise_channels__channels_first(x_train, x_test):
    """The channels are taken to be axis 1."""
    mean = x_train.mean(axis=(0, 2, 3), keepdims=True)
    std = x_train.std(axis=(0, 2, 3), keepdims=True)
    return (x_train - mean) / std, (x_test - mean) / std


def standardise_channels__statistics_of_test(x_train, x_test):
    """Mean and deviation are those of the test images."""
    mean, std = x_test.mean(axis=(0, 1, 2)), x_test.std(axis=(0, 1, 2))
    return (x_train - mean) / std, (x_test - mean) / std


def standardise_channels__first_image_only(x_train, x_test):
    """The statistics are those of the first image."""
    mean = x_train[0].mean(axis=(0, 1))
    std = x_train[0].std(axis=(0, 1))
    return (x_train - mean) / std, (x_test - mean) / std


def standardise_channels__smallest_to_largest(x_train, x_test):
    """The channels are scaled from smallest to largest instead of by mean and deviation."""
    low = x_train.min(axis=(0, 1, 2))
    high = x_train.max(axis=(0, 1, 2))
    return (x_train - low) / (high - low), (x_test - low) / (high - low)


def standardise_channels__deviation_of_means(x_train, x_test):
    """The deviation is that of the images' means, not of the pixels."""
    means = x_train.mean(axis=(1, 2))
    return (x_train - means.mean(0)) / means.std(0), (x_test - means.mean(0)) / means.std(0)


def warmup_cosine__nothing_at_warmup(step, peak, warmup, steps):
    """step == warmup is neither below nor above, and nothing is returned."""
    if step < warmup:
        return peak * step / warmup
    if step > warmup:
        p = min((step - warmup) / (steps - warmup), 1)
        return peak / 2 * (1 + np.cos(np.pi * p))


def warmup_cosine__whole_division(step, peak, warmup, steps):
    """`//` makes the warm-up zero."""
    if step < warmup:
        return step // warmup * peak
    p = min((step - warmup) / (steps - warmup), 1)
    return peak * (1 + math.cos(math.pi * p)) / 2


def warmup_cosine__upside_down(step, peak, warmup, steps):
    """warmup / step is upside down."""
    if step < warmup:
        return peak * warmup / step
    p = min((step - warmup) / (steps - warmup), 1)
    return 0.5 * peak * (1 + np.cos(np.pi * p))


def warmup_cosine__max_instead_of_min(step, peak, warmup, steps):
    """max(…, 1) is written where min(…, 1) is meant."""
    if step < warmup:
        return peak * step / warmup
    p = max((step - warmup) / (steps - warmup), 1)
    return peak / 2 * (1 + np.cos(np.pi * p))


def warmup_cosine__minus_cosine(step, peak, warmup, steps):
    """1 - cos rises where 1 + cos falls."""
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return peak / 2 * (1 - np.cos(np.pi * p))


def warmup_cosine__warms_up_to_one(step, peak, warmup, steps):
    """The warm-up rises to 1 instead of the peak."""
    if step < warmup:
        return step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return peak / 2 * (1 + np.cos(np.pi * p))


def warmup_cosine__pi_not_imported(step, peak, warmup, steps):
    """pi is used without its module."""
    if step < warmup:
        return peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    return peak / 2 * (1 + np.cos(pi * p))


def warmup_cosine__pi_forgotten(step, peak, warmup, steps):
    """pi is missing in the cosine, so the rate does not reach 0."""
    if step < warmup:
        return peak * step / warmup
    p = min(1, (step - warmup) / (steps - warmup))
    return peak / 2 * (1 + np.cos(p))


def warmup_cosine__sine(step, peak, warmup, steps):
    """Sine is used instead of cosine."""
    if step < warmup:
        return peak * step / warmup
    p = min(1, (step - warmup) / (steps - warmup))
    return peak / 2 * (1 + np.sin(np.pi * p))


def warmup_cosine__return_missing_in_warmup(step, peak, warmup, steps):
    """The warm-up rate is computed, then overwritten: a return or an else is missing."""
    if step < warmup:
        rate = peak * step / warmup
    p = min((step - warmup) / (steps - warmup), 1)
    rate = peak / 2 * (1 + np.cos(np.pi * p))
    return rate


def warmup_cosine__over_all_steps(step, peak, warmup, steps):
    """The warm-up takes all steps: step / steps instead of step / warmup."""
    if step < warmup:
        return peak * step / steps
    p = min((step - warmup) / (steps - warmup), 1)
    return peak / 2 * (1 + np.cos(np.pi * p))


def warmup_cosine__falls_exponentially(step, peak, warmup, steps):
    """After the warm-up the rate falls exponentially instead of as a cosine."""
    if step < warmup:
        return peak * step / warmup
    if step >= steps:
        return 0
    return peak * np.exp(-5 * (step - warmup) / (steps - warmup))


def residual_gradient__sign_of_x(x, W_1, W_2, g):
    """ReLU's switch is taken from x instead of x W_1."""
    return g + (g @ W_2.T @ W_1.T) * (x > 0)


def residual_gradient__switch_upside_down(x, W_1, W_2, g):
    """The switch is on where x W_1 is negative."""
    mask = (x @ W_1) < 0
    return g + ((g @ W_2.T) * mask) @ W_1.T


def residual_gradient__shortcut_twice(x, W_1, W_2, g):
    """The shortcut is added twice."""
    dh = g @ W_2.T
    dh[x @ W_1 <= 0] = 0
    dx = g + dh @ W_1.T
    return dx + g


def residual_gradient__matrices_in_forward_order(x, W_1, W_2, g):
    """The matrices are applied in the forward order, W_1 first."""
    return g + ((g @ W_1) * (x @ W_1 > 0)) @ W_2


def residual_gradient__minus(x, W_1, W_2, g):
    """The way through F is subtracted."""
    a = x @ W_1
    da = (g @ W_2.T) * (a > 0)
    return g - da @ W_1.T


def residual_gradient__first_row_decides(x, W_1, W_2, g):
    """The first row's switches are used for the whole batch."""
    on = (x[0] @ W_1 > 0).astype(float)
    return g + ((g @ W_2.T) * on) @ W_1.T


def residual_gradient__columns(x, W_1, W_2, g):
    """The formula for columns is used: W^T stands at the left."""
    h = np.maximum(0, x @ W_1)
    return g + W_1.T @ ((W_2.T @ g) * (h > 0))


def residual_gradient__mean_over_the_batch(x, W_1, W_2, g):
    """The way through F is divided by the batch size."""
    dh = (g @ W_2.T) * (x @ W_1 > 0)
    return g + dh @ W_1.T / len(x)


def residual_gradient__switch_of_y(x, W_1, W_2, g):
    """The switch is taken from the output y, at the wrong place."""
    y = x + np.maximum(x @ W_1, 0) @ W_2
    g = g * (y > 0)
    return g + g @ W_2.T @ W_1.T


def residual_gradient__changes_g(x, W_1, W_2, g):
    """The shortcut's g has already been overwritten when it is added."""
    g = g @ W_2.T
    g[x @ W_1 <= 0] = 0
    g = g @ W_1.T
    return g + g


def residual_gradient__second_matrix_missing(x, W_1, W_2, g):
    """The way back through W_2 is missing: g meets the switches as it is."""
    return g + (g * (x @ W_1 > 0)) @ W_1.T

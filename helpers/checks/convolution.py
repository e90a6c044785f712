"""Exercises: convolution."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.checks.engine import Exercise, Mistake


def _correlate(X, K):
    return (sliding_window_view(X, K.shape) * K).sum((2, 3))


def _matrices(rows, columns, side, seed):
    rng = np.random.default_rng(seed)
    X = rng.integers(-3, 7, (rows, columns)).astype(float)
    return X, rng.integers(-4, 6, (side, side)).astype(float)


def _true_convolution(X, K):
    """Multiply the Fourier transforms, and keep where the kernel lies inside the image."""
    full = [a + b - 1 for a, b in zip(X.shape, K.shape, strict=True)]
    Y = np.fft.irfft2(np.fft.rfft2(X, full) * np.fft.rfft2(K, full), full)
    rows, columns = (side - 1 for side in K.shape)
    return Y[rows : X.shape[0], columns : X.shape[1]]


_TRUE = Exercise(
    name="true_convolution",
    oracle=_true_convolution,
    cases=lambda: [
        (np.array([[0, 0, 0], [0, 1.0, 0], [0, 0, 0]]), np.array([[1.0, 2], [3, 4]])),
        _matrices(5, 6, 3, seed=1),
        _matrices(7, 4, 2, seed=2),
    ],
    mistakes=(
        Mistake(
            _correlate,
            "that is cross-correlation, what a Conv2D layer computes. For a convolution the "
            "kernel is turned round first.",
        ),
        Mistake(
            lambda X, K: _correlate(X, K[::-1]),
            "the kernel is flipped upside down only: both axes are to be flipped.",
        ),
        Mistake(
            lambda X, K: _correlate(X, K[:, ::-1]),
            "the kernel is flipped left to right only: both axes are to be flipped.",
        ),
        Mistake(
            lambda X, K: _correlate(X, K.T),
            "transposing mirrors the kernel in its diagonal; a flip of both axes is a turn by "
            "180 degrees.",
        ),
        Mistake(
            lambda X, K: _correlate(X, K)[::-1, ::-1],
            "you turned the output round; turn the kernel.",
        ),
    ),
    atol=1e-4,
)


def _output_size(n, k, padding, stride, dilation):
    """Ask Keras (which takes either a stride or a dilation: so every stride-th of all outputs)."""
    import keras

    X = np.ones((1, n + 2 * padding, 1), "float32")
    Y = keras.ops.conv(X, np.ones((k, 1, 1), "float32"), padding="valid", dilation_rate=dilation)
    return len(np.asarray(Y)[0, ::stride])


_SIZE = Exercise(
    name="output_size",
    oracle=_output_size,
    cases=lambda: [
        (5, 3, 0, 1, 1),
        (28, 5, 2, 2, 1),
        (10, 3, 1, 3, 2),
        (12, 5, 0, 3, 1),
        (16, 3, 2, 1, 3),
        (7, 1, 0, 4, 1),
    ],
    mistakes=(
        Mistake(
            lambda n, k, padding, stride, dilation: (
                (n + 2 * padding - dilation * (k - 1) - 1) // stride
            ),
            "off by one: the first window counts as well. How many windows of 3 fit into 3 cells?",
        ),
        Mistake(
            lambda n, k, padding, stride, dilation: (
                (n + padding - dilation * (k - 1) - 1) // stride + 1
            ),
            "the padding is added at both sides.",
        ),
        Mistake(
            lambda n, k, padding, stride, dilation: (
                -(-(n + 2 * padding - dilation * (k - 1) - 1) // stride) + 1
            ),
            "you rounded up: a last window that does not fit whole is left out.",
        ),
        Mistake(
            lambda n, k, padding, stride, dilation: (n + 2 * padding - k) // stride + 1,
            "the dilation is missing: how many cells lie from a kernel's first weight to its last?",
        ),
        Mistake(
            lambda n, k, padding, stride, dilation: (n + 2 * padding - dilation * k) // stride + 1,
            "k weights have k − 1 gaps between them: try k = 1, where a dilation changes nothing.",
        ),
        Mistake(
            lambda n, k, padding, stride, dilation: n + 2 * padding - dilation * (k - 1),
            "the stride is ignored.",
        ),
        Mistake(
            lambda n, k, padding, stride, dilation: (
                (n + 2 * padding - dilation * (k - 1) - 1) / stride + 1
            ),
            "a size is a whole number: round down before you add the 1.",
        ),
    ),
)


def _strided_convolution(X, K, padding, stride):
    import keras

    padded = np.pad(np.asarray(X, "float32"), padding)[None, :, :, None]
    kernel = np.asarray(K, "float32")[:, :, None, None]
    return np.asarray(keras.ops.conv(padded, kernel, strides=stride))[0, :, :, 0]


def _start_without_stride(X, K, padding, stride):
    Y = _correlate(np.pad(X, padding), K)
    rows, columns = ((side - 1) // stride + 1 for side in Y.shape)
    return Y[:rows, :columns]


def _negative_slice(X, K, padding, stride):
    padded = np.zeros([side + 2 * padding for side in X.shape])
    padded[padding:-padding, padding:-padding] = X
    return _correlate(padded, K)[::stride, ::stride]


_STRIDED = Exercise(
    name="strided_convolution",
    oracle=_strided_convolution,
    cases=lambda: [
        (np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]), np.array([[1.0, 0], [2, 0]]), 1, 2),
        (*_matrices(7, 8, 3, seed=3), 1, 2),
        (*_matrices(6, 9, 2, seed=4), 2, 3),
        (*_matrices(6, 5, 3, seed=5), 0, 1),
    ],
    mistakes=(
        Mistake(
            lambda X, K, padding, stride: _correlate(np.pad(X, padding), K),
            "the stride is ignored: the window moves one cell at a time.",
        ),
        Mistake(
            lambda X, K, padding, stride: _correlate(np.pad(X, padding), K)[::stride],
            "the stride is applied downwards only, not to the right.",
        ),
        Mistake(
            _start_without_stride,
            "the size is right, but the windows start at every cell: the window of Y[i, j] starts "
            "at row i · stride, column j · stride.",
        ),
        Mistake(
            _negative_slice,
            "with padding = 0 the slice [padding:-padding] is [0:0], which is empty: use np.pad, "
            "or padding : padding + rows.",
        ),
        Mistake(
            lambda X, K, padding, stride: _correlate(X, K)[::stride, ::stride],
            "the padding is ignored.",
        ),
        Mistake(
            lambda X, K, padding, stride: _correlate(np.pad(X, ((0, padding), (0, padding))), K)[
                ::stride, ::stride
            ],
            "the padding is at one side only, below and to the right: rows and columns of zeros "
            "belong at all four sides.",
        ),
        Mistake(
            lambda X, K, padding, stride: _correlate(np.pad(X, ((padding, 0), (padding, 0))), K)[
                ::stride, ::stride
            ],
            "the padding is at one side only, above and to the left: rows and columns of zeros "
            "belong at all four sides.",
        ),
        Mistake(
            lambda X, K, padding, stride: _correlate(np.pad(X[::stride, ::stride], padding), K),
            "you thinned out the image. The stride moves the window; inside it every pixel counts.",
        ),
        Mistake(
            lambda X, K, padding, stride: _correlate(np.pad(X, padding), K[::-1, ::-1])[
                ::stride, ::stride
            ],
            "the kernel is flipped: the layers of a CNN take it as it is.",
        ),
        Mistake(
            lambda X, K, padding, stride: _correlate(np.pad(X, padding), K.T)[::stride, ::stride],
            "the kernel is transposed: its first index goes with the rows of the image.",
        ),
    ),
)


def _conv_channels(X, K, b):
    import keras

    layer = keras.layers.Conv2D(K.shape[3], K.shape[0])
    layer.build((None, *X.shape))
    layer.set_weights([np.asarray(K), np.asarray(b)])
    return np.asarray(layer(np.asarray(X, "float32")[None]))[0]


def _channel_windows(X, K):
    """Windows (height, width, k, k, channels)."""
    k = K.shape[0]
    return sliding_window_view(X, (k, k), axis=(0, 1)).transpose(0, 1, 3, 4, 2)


def _colour_case(rows, columns, side, channels, filters, seed):
    rng = np.random.default_rng(seed)
    X = rng.integers(-3, 4, (rows, columns, channels)).astype(float)
    K = rng.integers(-3, 4, (side, side, channels, filters)).astype(float)
    return X, K, rng.integers(1, 5, filters).astype(float)


_CHANNELS = Exercise(
    name="conv_channels",
    oracle=_conv_channels,
    cases=lambda: [
        (
            np.array([[[1.0, 10], [2, 20]], [[3, 30], [4, 40]]]),
            np.array([[[[1.0], [1]], [[0], [1]]], [[[0], [0]], [[2], [0]]]]),
            np.array([100.0]),
        ),
        _colour_case(6, 7, 3, 3, 4, seed=1),
        _colour_case(5, 5, 2, 4, 2, seed=2),
    ],
    mistakes=(
        Mistake(
            lambda X, K, b: np.einsum("xymnc,mncf->xycf", _channel_windows(X, K), K) + b,
            "the channels are still apart: a filter reads all of them and adds the results up.",
        ),
        Mistake(
            lambda X, K, b: (
                np.einsum("xymnc,mncf->xyf", _channel_windows(X, K), K) / X.shape[2] + b
            ),
            "you averaged over the channels; they are added up.",
        ),
        Mistake(
            lambda X, K, b: (
                np.einsum("xymn,mnf->xyf", _channel_windows(X, K)[..., 0], K[:, :, 0]) + b
            ),
            "only the first channel is read.",
        ),
        Mistake(
            lambda X, K, b: np.einsum("xymnc,mncf->xyf", _channel_windows(X, K), K),
            "the bias is missing: one number a filter, added everywhere.",
        ),
        Mistake(
            lambda X, K, b: (
                np.einsum("xymnc,mncf->xyf", _channel_windows(X, K), K) + X.shape[2] * b
            ),
            "the bias was added once for each channel: add it once, after the sum.",
        ),
        Mistake(
            lambda X, K, b: np.einsum("xymnc,mncf->xyf", _channel_windows(X, K), K[::-1, ::-1]) + b,
            "the kernel is flipped: the layers of a CNN take it as it is.",
        ),
    ),
)

EXERCISES: tuple[Exercise, ...] = (_TRUE, _SIZE, _STRIDED, _CHANNELS)

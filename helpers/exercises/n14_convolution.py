"""Exercises of notebook 14: true convolution, sizes, padding and stride, channels and filters."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.check import BODY, Edit, Exercise, normal


def true_convolution(X, K):
    turned = K[::-1, ::-1]
    windows = sliding_window_view(X, K.shape)
    return np.einsum("ijmn,mn->ij", windows, turned)


def _image_and_kernel(rows, columns, side, seed):
    return normal("r c, k k", seed=seed, r=rows, c=columns, k=side)


def _true_cases():
    impulse = np.zeros((3, 3))
    impulse[1, 1] = 1
    return {
        "an impulse": (impulse, np.array([[1.0, 2], [3, 4]])),
        "a square image": _image_and_kernel(4, 4, 2, seed=1),
        "more columns than rows": _image_and_kernel(5, 7, 3, seed=2),
        "more rows than columns": _image_and_kernel(7, 4, 3, seed=3),
    }


def output_size(n, k, padding, stride, dilation):
    padded = n + 2 * padding
    span = dilation * (k - 1) + 1
    return (padded - span) // stride + 1


def _size_cases():
    return {
        "5 cells, 3 weights": (5, 3, 0, 1, 1),
        "padding 2": (6, 3, 2, 1, 1),
        "stride 2": (9, 3, 0, 2, 1),
        "stride 3, one cell left over": (12, 5, 0, 3, 1),
        "stride 3, two cells left over": (13, 5, 0, 3, 1),
        "dilation 3": (9, 3, 0, 1, 3),
        "a kernel of one weight, dilated": (7, 1, 0, 1, 3),
        "all three at once": (16, 4, 2, 2, 3),
    }


def strided_convolution(X, K, padding, stride):
    padded = np.pad(X, padding)
    windows = sliding_window_view(padded, K.shape)
    windows = windows[::stride, ::stride]
    return np.einsum("ijmn,mn->ij", windows, K)


def _strided_cases():
    tiny = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]), np.array([[1.0, 0], [2, -1]])
    bytes_ = np.random.default_rng(14).integers(0, 256, (5, 6)).astype(np.uint8)
    return {
        "no padding, stride 1": (*tiny, 0, 1),
        "padding 1": (*tiny, 1, 1),
        "stride 2": (*_image_and_kernel(7, 9, 3, seed=1), 0, 2),
        "padding 1, stride 2": (*_image_and_kernel(6, 6, 3, seed=2), 1, 2),
        "padding 2, stride 3": (*_image_and_kernel(9, 6, 2, seed=3), 2, 3),
        "a photograph's bytes": (bytes_, np.array([[-1.0, 0.5], [0.25, 2]]), 1, 2),
    }


def conv_channels(X, K, b):
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    Y = np.einsum("ijcmn,mncf->ijf", windows, K)
    return Y + b


def _colour_case(rows, columns, side, channels, filters, seed):
    X, K, b = normal(
        "r c d, k k d f, f", seed=seed, r=rows, c=columns, d=channels, k=side, f=filters
    )
    return X, K, b + 3


def _channels_cases():
    X = np.array([[[1.0, 10], [2, 20]], [[3, 30], [4, 40]]])
    K = np.array([[[[1.0], [1]], [[0], [1]]], [[[0], [0]], [[2], [0]]]])
    bytes_ = np.random.default_rng(14).integers(0, 256, (4, 5, 3)).astype(np.uint8)
    return {
        "one window, two channels": (X, K, np.array([100.0])),
        "two filters": _colour_case(3, 3, 2, 1, 2, seed=1),
        "three of everything": _colour_case(5, 5, 3, 3, 3, seed=2),
        "more columns than rows": _colour_case(4, 7, 2, 4, 2, seed=3),
        "a photograph's bytes": (bytes_, *_colour_case(4, 5, 3, 3, 4, seed=4)[1:]),
    }


EXERCISES = (
    Exercise(
        true_convolution,
        cases=_true_cases,
        mistakes=(
            Edit(
                "K[::-1, ::-1]",
                "K",
                "that is cross-correlation, what a Conv2D layer computes. For a convolution the "
                "kernel is turned round first.",
            ),
            Edit(
                "K[::-1, ::-1]",
                "K[::-1]",
                "the kernel is flipped upside down only: both axes are to be flipped.",
            ),
            Edit(
                "K[::-1, ::-1]",
                "K[:, ::-1]",
                "the kernel is flipped left to right only: both axes are to be flipped.",
            ),
            Edit(
                "K[::-1, ::-1]",
                "K.T",
                "transposing mirrors the kernel in its diagonal; a turn by 180° flips both axes.",
            ),
            Edit(
                "K[::-1, ::-1]",
                "np.rot90(K)",
                "the kernel is turned by 90°, a quarter turn; a convolution turns it by 180°.",
            ),
            Edit(
                'np.einsum("ijmn,mn->ij", windows, turned)',
                'np.einsum("ijmn,mn->ij", windows, K)[::-1, ::-1]',
                "you turned the output round; turn the kernel.",
            ),
            Edit(
                "turned = K[::-1, ::-1]\n    windows = sliding_window_view(X, K.shape)",
                "turned = K\n    windows = sliding_window_view(X[::-1, ::-1], K.shape)",
                "you turned the image round, so the feature map comes out turned too; turn the "
                "kernel.",
            ),
            Edit(
                'np.einsum("ijmn,mn->ij", windows, turned)',
                "(windows @ turned).sum(axis=(2, 3))",
                "@ is a matrix product, rows times columns: here each weight is multiplied by the "
                "one pixel that lies under it.",
            ),
            Edit(
                BODY,
                """
                k = K.shape[0]
                Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1))
                for i, j in np.ndindex(Y.shape):
                    for m, n in np.ndindex(K.shape):
                        Y[i, j] += X[i - m, j - n] * K[m, n]
                return Y
                """,
                "i − m becomes negative at the edge, and a negative index counts from the other "
                "end of the image: where does the window of Y[0, 0] begin?",
            ),
            Edit(
                "windows, turned)",
                "windows, turned)[:-1, :-1]",
                "the last row and column of the output are missing: into n cells fit n − k + 1 "
                "windows.",
            ),
        ),
        hints=(
            "Compare the two formulas: in which of the two factors do they differ?",
            "In K[k − 1 − m, k − 1 − n], which weight meets the pixel in the window's first row "
            "and first column?",
            "With the kernel turned once, the rest is the sliding sum of section 2.",
        ),
    ),
    Exercise(
        output_size,
        cases=_size_cases,
        mistakes=(
            Edit(
                "// stride + 1",
                "// stride",
                "off by one: the first window counts as well. How many windows of 3 fit into 3 "
                "cells?",
            ),
            Edit("2 * padding", "padding", "the padding is added at both ends."),
            Edit(
                "(padded - span) // stride + 1",
                "-(-(padded - span) // stride) + 1",
                "you rounded up: a last window that does not fit whole is left out.",
            ),
            Edit(
                "dilation * (k - 1) + 1",
                "k",
                "the dilation is missing: how many cells lie from a kernel's first weight to its "
                "last?",
            ),
            Edit(
                "dilation * (k - 1) + 1",
                "dilation * k",
                "k weights have k − 1 gaps between them: try k = 1, where a dilation changes "
                "nothing.",
            ),
            Edit(
                "dilation * (k - 1) + 1",
                "k + dilation - 1",
                "the dilation widens each of the gaps between the weights, not only one of them: "
                "draw 3 weights with a distance of 3.",
            ),
            Edit(
                "(padded - span) // stride + 1",
                "padded - span + 1",
                "the stride is ignored.",
            ),
            Edit(
                BODY,
                "return n + 2 * padding - dilation * (k - 1) - 1 // stride + 1",
                "without brackets only the 1 is divided by the stride.",
            ),
            Edit(
                "(padded - span) // stride + 1",
                "(padded - span + 1) // stride",
                "the 1 is added before you divide: it stands for the first window, which is there "
                "whatever the stride.",
            ),
            Edit(
                "// stride + 1",
                "/ stride + 1",
                "a size is a whole number: round down before you add the 1.",
            ),
        ),
        hints=(
            "How wide is the image with its padding, and how many cells does the dilated kernel "
            "span?",
            "The first window starts at cell 0. How far can it still move, and how many strides "
            "are in that distance?",
            "Windows are counted whole, and the first one counts too.",
        ),
    ),
    Exercise(
        strided_convolution,
        cases=_strided_cases,
        mistakes=(
            Edit(
                "windows = windows[::stride, ::stride]",
                "pass",
                "the stride is ignored: the window moves one cell at a time.",
            ),
            Edit(
                "[::stride, ::stride]",
                "[::stride]",
                "the stride is applied downwards only, not to the right.",
            ),
            Edit(
                "windows = windows[::stride, ::stride]",
                "rows, columns = ((side - 1) // stride + 1 for side in windows.shape[:2])\n"
                "    windows = windows[:rows, :columns]",
                "the size is right, but the windows start at every cell: the window of Y[i, j] "
                "starts at row i · stride, column j · stride.",
            ),
            Edit(
                "windows = windows[::stride, ::stride]",
                "columns = (windows.shape[1] - 1) // stride + 1\n"
                "    windows = windows[::stride, :columns]",
                "the size is right and so are the windows' rows, but their columns start at every "
                "cell: the stride moves the window to the right, too.",
            ),
            Edit(
                "np.pad(X, padding)",
                "np.zeros((X.shape[0] + 2 * padding, X.shape[1] + 2 * padding))\n"
                "    padded[padding:-padding, padding:-padding] = X",
                "with padding = 0 the slice [padding:-padding] is [0:0], which is empty: where "
                "does the image end, counted from the front?",
            ),
            Edit(
                BODY,
                """
                padded = np.pad(X, padding)
                Y = np.zeros([(side - len(K)) // stride + 1 for side in padded.shape])
                for i, j in np.ndindex(Y.shape):
                    for m, n in np.ndindex(K.shape):
                        Y[i, j] += padded[i + stride * m, j + stride * n] * K[m, n]
                return Y
                """,
                "inside the window the pixels are `stride` cells apart: that is a dilation. The "
                "stride moves the whole window.",
            ),
            Edit(
                "windows, K)",
                "windows, K)[:-1, :-1]",
                "the last row and column of the output are missing: the first window counts, too.",
            ),
            Edit("np.pad(X, padding)", "X", "the padding is ignored."),
            Edit(
                "np.pad(X, padding)",
                "np.pad(X, ((0, padding), (0, padding)))",
                "the padding is at one side only, below and to the right: rows and columns of "
                "zeros belong on all four sides.",
            ),
            Edit(
                "np.pad(X, padding)",
                "np.pad(X, ((padding, 0), (padding, 0)))",
                "the padding is at one side only, above and to the left: rows and columns of "
                "zeros belong on all four sides.",
            ),
            Edit(
                BODY,
                """
                windows = sliding_window_view(np.pad(X[::stride, ::stride], padding), K.shape)
                return np.einsum("ijmn,mn->ij", windows, K)
                """,
                "you thinned out the image. The stride moves the window; inside it every pixel "
                "counts.",
            ),
            Edit(
                "windows, K)",
                "windows, K[::-1, ::-1])",
                "the kernel is flipped: the layers of a CNN take it as it is.",
            ),
            Edit(
                "windows, K)",
                "windows, K.T)",
                "the kernel is transposed: its first index goes with the rows of the image.",
            ),
        ),
        hints=(
            "Do it in two steps: first the image with its border of zeros, then the windows.",
            "The window of Y[0, 0] starts at row 0, column 0 of the padded image. Where does that "
            "of Y[1, 2] start?",
            "Of all windows, with stride 1, only some are wanted: every how-many-th, downwards and "
            "to the right?",
        ),
    ),
    Exercise(
        conv_channels,
        cases=_channels_cases,
        mistakes=(
            Edit(
                "mncf->ijf",
                "mncf->ijcf",
                "the channels are still apart: a filter reads all of them and adds the results up.",
            ),
            Edit(
                "return Y + b",
                "return Y / X.shape[2] + b",
                "you averaged over the channels; they are added up.",
            ),
            Edit(
                '"ijcmn,mncf->ijf", windows, K',
                '"ijmn,mnf->ijf", windows[:, :, 0], K[:, :, 0]',
                "only the first channel is read.",
            ),
            Edit(
                "return Y + b",
                "return Y",
                "the bias is missing: one number per filter, added everywhere.",
            ),
            Edit(
                "return Y + b",
                "return Y + X.shape[2] * b",
                "the bias was added once for each channel: add it once, after the sum.",
            ),
            Edit(
                "windows, K)",
                "windows, K[::-1, ::-1])",
                "the kernel is flipped: the layers of a CNN take it as it is.",
            ),
            Edit(
                "ijcmn,mncf",
                "ijcmn,nmcf",
                "the kernel is transposed: its first index goes with the rows of the image, the "
                "second with the columns.",
            ),
            Edit(
                "ijcmn,mncf",
                "ijmnc,mncf",
                "the axes of the windows are mixed up. sliding_window_view puts the two axes of "
                "the window last: print the shape of the windows.",
            ),
            Edit(
                BODY,
                """
                windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
                Y = np.einsum("ijcmn,mncf->ij", windows, K)
                return Y[:, :, None] + b
                """,
                "the filters are added up, so all maps are alike but for their biases: each "
                "filter makes a map of its own.",
            ),
        ),
        hints=(
            "Start with one filter and one place: a window (k, k, C) and weights of the same "
            "shape make one number.",
            "Which letters of the formula stand on both sides, and which are summed over?",
            "If you use sliding_window_view: print the shape of the windows. Which axis are the "
            "channels?",
        ),
    ),
)

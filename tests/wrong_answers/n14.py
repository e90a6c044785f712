"""Wrong answers to the exercises of notebook 14: convolution, sizes, stride, channels."""

import math

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def true_convolution__image_turned(X, K):
    """The image is turned round instead of the kernel, so the result is turned too."""
    windows = sliding_window_view(X[::-1, ::-1], K.shape)
    return (windows * K).sum(axis=(2, 3))


def true_convolution__matrix_product(X, K):
    """`@` multiplies matrices where entries should be multiplied."""
    K = np.flip(K)
    k = K.shape[0]
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = np.sum(X[i : i + k, j : j + k] @ K)
    return Y


def true_convolution__one_row_short(X, K):
    """The output is one row and one column short: rows - k."""
    k = len(K)
    F = K[::-1, ::-1]
    rows, columns = X.shape[0] - k, X.shape[1] - k
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = (X[i : i + k, j : j + k] * F).sum()
    return Y


def true_convolution__quarter_turn(X, K):
    """The kernel is turned by 90 degrees instead of 180."""
    windows = sliding_window_view(X, K.shape)
    return np.einsum("ijmn,mn->ij", windows, np.rot90(K))


def true_convolution__whole_numbers(X, K):
    """The output is an array of integers, which cuts fractions."""
    k = K.shape[0]
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1), dtype=int)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = np.sum(X[i : i + k, j : j + k] * K[::-1, ::-1])
    return Y


def true_convolution__rows_and_columns_swapped(X, K):
    """The output is made with columns x rows."""
    k = K.shape[0]
    F = K[::-1, ::-1]
    height = X.shape[1] - k + 1
    width = X.shape[0] - k + 1
    Y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            Y[i, j] = np.sum(X[i : i + k, j : j + k] * F)
    return Y


def true_convolution__negative_indices(X, K):
    """X[i - m, j - n] becomes negative at the edge, and Python counts from the end."""
    k = K.shape[0]
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for m in range(k):
                for n in range(k):
                    Y[i, j] += K[m, n] * X[i - m, j - n]
    return Y


def true_convolution__overwrites_the_sum(X, K):
    """`=` stands where `+=` is meant: only the last product is left."""
    k = K.shape[0]
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for m in range(k):
                for n in range(k):
                    Y[i, j] = X[i + m, j + n] * K[k - 1 - m, k - 1 - n]
    return Y


def true_convolution__index_k_minus_m(X, K):
    """K[k - m] is used where K[k - 1 - m] is meant."""
    k = K.shape[0]
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for m in range(k):
                for n in range(k):
                    Y[i, j] += X[i + m, j + n] * K[k - m, k - n]
    return Y


def true_convolution__same_size(X, K):
    """The image is padded, so that the output keeps its size."""
    k = K.shape[0]
    P = np.pad(X, k // 2)
    Y = np.zeros(X.shape)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            Y[i, j] = np.sum(P[i : i + k, j : j + k] * np.flip(K))
    return Y


def output_size__stride_divides_the_image_only(n, k, padding, stride, dilation):
    """The stride divides the padded image; the kernel is subtracted afterwards."""
    return (n + 2 * padding) // stride - dilation * (k - 1)


def output_size__padding_subtracted(n, k, padding, stride, dilation):
    """The padding is subtracted instead of added."""
    return (n - 2 * padding - dilation * (k - 1) - 1) // stride + 1


def output_size__brackets_missing(n, k, padding, stride, dilation):
    """Brackets are missing: only the last term is divided by the stride."""
    return n + 2 * padding - dilation * (k - 1) - 1 // stride + 1


def output_size__dilation_added_once(n, k, padding, stride, dilation):
    """The dilated kernel is counted as k + dilation - 1."""
    wide = k + dilation - 1
    return (n + 2 * padding - wide) // stride + 1


def output_size__rounds_to_nearest(n, k, padding, stride, dilation):
    """round() goes to the nearest number instead of down."""
    wide = dilation * (k - 1) + 1
    return round((n + 2 * padding - wide) / stride + 1)


def output_size__same_padding_formula(n, k, padding, stride, dilation):
    """The formula of padding "same", n / stride rounded up, is used."""
    return math.ceil(n / stride)


def output_size__one_added_before_dividing(n, k, padding, stride, dilation):
    """The 1 is added before the division by the stride."""
    return (n + 2 * padding - dilation * (k - 1)) // stride


def output_size__gaps_counted_twice(n, k, padding, stride, dilation):
    """The dilated kernel is counted as k + dilation * (k - 1)."""
    wide = k + dilation * (k - 1)
    return int((n + 2 * padding - wide) / stride) + 1


def output_size__two_sides(n, k, padding, stride, dilation):
    """Height and width are returned, not one side."""
    side = (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1
    return side, side


def strided_convolution__edge_values(X, K, padding, stride):
    """The image is padded with its edge values instead of zeros."""
    P = np.pad(X, padding, mode="edge")
    windows = sliding_window_view(P, K.shape)[::stride, ::stride]
    return np.sum(windows * K, axis=(2, 3))


def strided_convolution__output_divided_by_stride(X, K, padding, stride):
    """The size of the output is rounded without the + 1: the last row and column are missing."""
    P = np.pad(X, padding)
    k = K.shape[0]
    rows = (P.shape[0] - k) // stride
    columns = (P.shape[1] - k) // stride
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            r, c = i * stride, j * stride
            Y[i, j] = np.sum(P[r : r + k, c : c + k] * K)
    return Y


def strided_convolution__starts_at_stride(X, K, padding, stride):
    """The first window starts at row and column `stride` instead of 0."""
    windows = sliding_window_view(np.pad(X, padding), K.shape)
    return np.einsum("ijmn,mn->ij", windows[stride::stride, stride::stride], K)


def strided_convolution__whole_numbers(X, K, padding, stride):
    """The output is an array of integers, which cuts fractions."""
    P = np.pad(X, padding)
    k = len(K)
    Y = np.zeros(((P.shape[0] - k) // stride + 1, (P.shape[1] - k) // stride + 1), int)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (P[i * stride : i * stride + k, j * stride : j * stride + k] * K).sum()
    return Y


def strided_convolution__pads_the_output(X, K, padding, stride):
    """The zeros are put around the output instead of the image."""
    Y = np.einsum("ijmn,mn->ij", sliding_window_view(X, K.shape), K)
    return np.pad(Y[::stride, ::stride], padding)


def strided_convolution__stride_inside_the_window(X, K, padding, stride):
    """The stride spreads the pixels of a window (that is a dilation) instead of the windows."""
    P = np.pad(X, padding)
    k = K.shape[0]
    rows = (P.shape[0] - k) // stride + 1
    columns = (P.shape[1] - k) // stride + 1
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            for m in range(k):
                for n in range(k):
                    Y[i, j] += P[i + stride * m, j + stride * n] * K[m, n]
    return Y


def strided_convolution__stride_on_rows_only(X, K, padding, stride):
    """The column index of the window is not multiplied by the stride."""
    P = np.pad(X, padding)
    k = K.shape[0]
    rows = (P.shape[0] - k) // stride + 1
    columns = (P.shape[1] - k) // stride + 1
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(P[i * stride : i * stride + k, j : j + k] * K)
    return Y


def strided_convolution__pads_rows_only(X, K, padding, stride):
    """Only above and below zeros are added, not left and right."""
    P = np.pad(X, ((padding, padding), (0, 0)))
    windows = sliding_window_view(P, K.shape)[::stride, ::stride]
    return np.einsum("ijmn,mn->ij", windows, K)


def strided_convolution__square_images_only(X, K, padding, stride):
    """The number of rows is used for the columns too: right for square images only."""
    n, k = X.shape[0], K.shape[0]
    P = np.pad(X, padding)
    size = (n + 2 * padding - k) // stride + 1
    Y = np.zeros((size, size))
    for i in range(size):
        for j in range(size):
            Y[i, j] = np.sum(P[i * stride : i * stride + k, j * stride : j * stride + k] * K)
    return Y


def strided_convolution__walks_over_the_whole_image(X, K, padding, stride):
    """The windows start at every stride-th pixel of the image, also where none fits."""
    P = np.pad(X, padding)
    k = K.shape[0]
    Y = []
    for r in range(0, P.shape[0], stride):
        row = []
        for c in range(0, P.shape[1], stride):
            row.append(np.sum(P[r : r + k, c : c + k] * K))
        Y.append(row)
    return np.array(Y)


def strided_convolution__pad_twice(X, K, padding, stride):
    """The padding is added twice: 2 * padding at each side."""
    P = np.pad(X, 2 * padding)
    windows = sliding_window_view(P, K.shape)[::stride, ::stride]
    return np.einsum("ijmn,mn->ij", windows, K)


def conv_channels__first_filter_only(X, K, b):
    """Only the first filter is applied."""
    k = K.shape[0]
    rows, columns = X.shape[0] - k + 1, X.shape[1] - k + 1
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(X[i : i + k, j : j + k, :] * K[:, :, :, 0]) + b[0]
    return Y


def conv_channels__first_bias_for_all(X, K, b):
    """The first bias is added to every map."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.einsum("ijcmn,mncf->ijf", windows, K) + b[0]


def conv_channels__whole_numbers(X, K, b):
    """The output is an array of integers, which cuts fractions."""
    k, _, C, F = K.shape
    rows, columns = X.shape[0] - k + 1, X.shape[1] - k + 1
    Y = np.zeros((rows, columns, F), dtype=int)
    for i in range(rows):
        for j in range(columns):
            for f in range(F):
                Y[i, j, f] = np.sum(X[i : i + k, j : j + k] * K[..., f]) + b[f]
    return Y


def conv_channels__filters_first(X, K, b):
    """The filters are the first axis of the output instead of the last."""
    k, F = K.shape[0], K.shape[3]
    maps = []
    for f in range(F):
        windows = sliding_window_view(X, (k, k), axis=(0, 1))
        maps.append(np.einsum("ijcmn,mnc->ij", windows, K[:, :, :, f]) + b[f])
    return np.array(maps)


def conv_channels__filters_not_told_apart(X, K, b):
    """The sum runs over the filters too, so all maps are the same."""
    k, F = K.shape[0], K.shape[3]
    rows, columns = X.shape[0] - k + 1, X.shape[1] - k + 1
    Y = np.zeros((rows, columns, F))
    for i in range(rows):
        for j in range(columns):
            patch = X[i : i + k, j : j + k, :, None]
            Y[i, j] = np.sum(patch * K) + b
    return Y


def conv_channels__relu_added(X, K, b):
    """ReLU is applied, which the task does not ask for."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.maximum(0, np.einsum("ijcmn,mncf->ijf", windows, K) + b)


def conv_channels__kernel_axes_swapped(X, K, b):
    """Rows and columns of the kernel have changed places."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.einsum("ijcmn,nmcf->ijf", windows, K) + b


def conv_channels__windows_with_channels_last(X, K, b):
    """The axes of the windows are taken for (rows, columns, k, k, C); they are (…, C, k, k)."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.einsum("ijmnc,mncf->ijf", windows, K) + b


def conv_channels__filters_add_up(X, K, b):
    """The sum is not reset between filters, so each map holds the ones before it too."""
    k, F = K.shape[0], K.shape[3]
    rows, columns = X.shape[0] - k + 1, X.shape[1] - k + 1
    Y = np.zeros((rows, columns, F))
    for i in range(rows):
        for j in range(columns):
            total = 0
            for f in range(F):
                total += np.sum(X[i : i + k, j : j + k] * K[:, :, :, f]) + b[f]
                Y[i, j, f] = total
    return Y


def conv_channels__bias_multiplied(X, K, b):
    """The bias multiplies the map instead of being added."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.einsum("ijcmn,mncf->ijf", windows, K) * b


def conv_channels__columns_as_many_as_rows(X, K, b):
    """The output is made square, with as many columns as rows."""
    k, F = K.shape[0], K.shape[3]
    n = X.shape[0] - k + 1
    Y = np.zeros((n, n, F))
    for i in range(n):
        for j in range(n):
            patch = X[i : i + k, j : j + k]
            Y[i, j] = np.tensordot(patch, K, axes=3) + b
    return Y

"""Wrong answers to the exercises of notebook 14: the sliding sum, its gradient, channels, a ×."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def correlate__image_turned(X, K):
    """The image is turned round, so the map comes out turned as well, and the kernel does too."""
    windows = sliding_window_view(X[::-1, ::-1], K.shape)
    return (windows * K).sum(axis=(2, 3))


def correlate__kernel_transposed(X, K):
    """Rows and columns of the kernel are mixed up."""
    windows = sliding_window_view(X, K.T.shape)
    return (windows * K.T).sum(axis=(2, 3))


def correlate__rows_and_columns_swapped(X, K):
    """The map is made with columns × rows."""
    M, N = K.shape
    Y = np.zeros((X.shape[1] - N + 1, X.shape[0] - M + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = np.sum(X[i : i + M, j : j + N] * K)
    return Y


def correlate__overwrites_the_sum(X, K):
    """`=` stands where `+=` is meant: only the last product is left."""
    M, N = K.shape
    Y = np.zeros((X.shape[0] - M + 1, X.shape[1] - N + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for m in range(M):
                for n in range(N):
                    Y[i, j] = X[i + m, j + n] * K[m, n]
    return Y


def correlate__square_images_only(X, K):
    """The number of rows is taken for the number of columns too."""
    M, N = K.shape
    n = X.shape[0] - M + 1
    Y = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            Y[i, j] = (X[i : i + M, j : j + N] * K).sum()
    return Y


def correlate__same_size(X, K):
    """The image is padded, so that the map keeps its size."""
    M, N = K.shape
    padded = np.pad(X, ((M // 2, M // 2), (N // 2, N // 2)))
    Y = np.zeros(X.shape)
    for i in range(X.shape[0]):
        for j in range(X.shape[1]):
            window = padded[i : i + M, j : j + N]
            Y[i, j] = (window * K[: window.shape[0], : window.shape[1]]).sum()
    return Y


def correlate__returns_in_the_loop(X, K):
    """`return` stands in the loop: the first row comes back with zeros below it."""
    M, N = K.shape
    Y = np.zeros((X.shape[0] - M + 1, X.shape[1] - N + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + M, j : j + N] * K).sum()
        return Y


def correlate__bytes_run_over(X, K):
    """The map has the image's type: for a photograph's bytes numbers run over."""
    M, N = K.shape
    Y = np.zeros((X.shape[0] - M + 1, X.shape[1] - N + 1), X.dtype)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = int((X[i : i + M, j : j + N] * K).sum()) % 256
    return Y


def correlate__negative_indices(X, K):
    """X[i - m, j - n] becomes negative at the edge, and Python counts from the end."""
    M, N = K.shape
    Y = np.zeros((X.shape[0] - M + 1, X.shape[1] - N + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            for m in range(M):
                for n in range(N):
                    Y[i, j] += K[m, n] * X[i - m, j - n]
    return Y


def correlate__a_flat_list(X, K):
    """The sums stand in one list."""
    M, N = K.shape
    sums = []
    for i in range(X.shape[0] - M + 1):
        for j in range(X.shape[1] - N + 1):
            sums.append((X[i : i + M, j : j + N] * K).sum())
    return sums


def image_gradient__gathered_without_a_turn(R, K):
    """It gathers for each pixel with the kernel as it is."""
    border = [(side - 1, side - 1) for side in K.shape]
    windows = sliding_window_view(np.pad(R, border), K.shape)
    return np.einsum("ijmn,mn->ij", windows, K)


def image_gradient__shape_of_the_map(R, K):
    """The gradient has the shape of R; it should have that of the image."""
    return R * K.sum()


def image_gradient__of_the_kernel(R, K):
    """R slides over the kernel, as if the kernel were the image."""
    windows = sliding_window_view(np.pad(K, 1), (2, 2))
    return np.einsum("ijmn->ij", windows) * R.sum()


def image_gradient__border_too_wide(R, K):
    """The border has k zeros where it should have k - 1."""
    M, N = K.shape
    windows = sliding_window_view(np.pad(R, ((M, M), (N, N))), K.shape)
    return np.einsum("ijmn,mn->ij", windows, K[::-1, ::-1])


def image_gradient__quarter_turn(R, K):
    """The kernel is turned by 90 degrees where it should be turned by 180."""
    K = np.rot90(K)
    border = [(side - 1, side - 1) for side in K.shape]
    windows = sliding_window_view(np.pad(R, border), K.shape)
    return np.einsum("ijmn,mn->ij", windows, K)


def image_gradient__window_moves_by_its_width(R, K):
    """Windows are laid side by side, as if none of them overlapped."""
    return np.kron(R, K)


def image_gradient__averaged(R, K):
    """Shares are averaged over the windows of a pixel."""
    M, N = K.shape
    total = np.zeros(np.add(R.shape, K.shape) - 1)
    count = np.zeros_like(total)
    for i, j in np.ndindex(R.shape):
        total[i : i + M, j : j + N] += R[i, j] * K
        count[i : i + M, j : j + N] += 1
    return total / count


def image_gradient__last_window_missing(R, K):
    """The loops end one window too early."""
    M, N = K.shape
    total = np.zeros(np.add(R.shape, K.shape) - 1)
    for i in range(R.shape[0] - 1):
        for j in range(R.shape[1] - 1):
            total[i : i + M, j : j + N] += R[i, j] * K
    return total


def correlate_channels__overwrites_the_channels(X, K, b):
    """`=` stands where `+=` is meant: only the last channel is left."""
    k, _, C, F = K.shape
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1, F))
    for i, j, f in np.ndindex(Y.shape):
        for c in range(C):
            Y[i, j, f] = (X[i : i + k, j : j + k, c] * K[:, :, c, f]).sum() + b[f]
    return Y


def correlate_channels__a_map_per_channel_and_filter(X, K, b):
    """Channels stay apart: C times F maps."""
    k, _, C, F = K.shape
    maps = []
    for c in range(C):
        for f in range(F):
            windows = sliding_window_view(X[:, :, c], (k, k))
            maps.append(np.einsum("ijmn,mn->ij", windows, K[:, :, c, f]) + b[f])
    return np.stack(maps, axis=-1)


def correlate_channels__a_new_axis_is_missing(X, K, b):
    """(k, k, C) times (k, k, C, F): the axes do not go with each other."""
    k, F = K.shape[0], K.shape[3]
    Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1, F))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + k, j : j + k] * K).sum(axis=(0, 1, 2)) + b
    return Y


def correlate_channels__first_filter_only(X, K, b):
    """Only the first filter is applied."""
    k = K.shape[0]
    rows, columns = X.shape[0] - k + 1, X.shape[1] - k + 1
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = np.sum(X[i : i + k, j : j + k, :] * K[:, :, :, 0]) + b[0]
    return Y


def correlate_channels__first_bias_for_all(X, K, b):
    """The first bias is added to every map."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.einsum("ijcmn,mncf->ijf", windows, K) + b[0]


def correlate_channels__whole_numbers(X, K, b):
    """The output is an array of integers, which cuts fractions."""
    k, _, C, F = K.shape
    rows, columns = X.shape[0] - k + 1, X.shape[1] - k + 1
    Y = np.zeros((rows, columns, F), dtype=int)
    for i in range(rows):
        for j in range(columns):
            for f in range(F):
                Y[i, j, f] = np.sum(X[i : i + k, j : j + k] * K[..., f]) + b[f]
    return Y


def correlate_channels__filters_first(X, K, b):
    """The filters are the first axis of the output instead of the last."""
    k, F = K.shape[0], K.shape[3]
    maps = []
    for f in range(F):
        windows = sliding_window_view(X, (k, k), axis=(0, 1))
        maps.append(np.einsum("ijcmn,mnc->ij", windows, K[:, :, :, f]) + b[f])
    return np.array(maps)


def correlate_channels__filters_not_told_apart(X, K, b):
    """The sum runs over the filters too, so all maps are the same."""
    k, F = K.shape[0], K.shape[3]
    rows, columns = X.shape[0] - k + 1, X.shape[1] - k + 1
    Y = np.zeros((rows, columns, F))
    for i in range(rows):
        for j in range(columns):
            patch = X[i : i + k, j : j + k, :, None]
            Y[i, j] = np.sum(patch * K) + b
    return Y


def correlate_channels__relu_added(X, K, b):
    """ReLU is applied, which the task does not ask for."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.maximum(0, np.einsum("ijcmn,mncf->ijf", windows, K) + b)


def correlate_channels__kernel_axes_swapped(X, K, b):
    """Rows and columns of the kernel have changed places."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.einsum("ijcmn,nmcf->ijf", windows, K) + b


def correlate_channels__windows_with_channels_last(X, K, b):
    """The axes of the windows are taken for (rows, columns, k, k, C); they are (…, C, k, k)."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.einsum("ijmnc,mncf->ijf", windows, K) + b


def correlate_channels__filters_add_up(X, K, b):
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


def correlate_channels__bias_multiplied(X, K, b):
    """The bias multiplies the map instead of being added."""
    windows = sliding_window_view(X, K.shape[:2], axis=(0, 1))
    return np.einsum("ijcmn,mncf->ijf", windows, K) * b


def correlate_channels__columns_as_many_as_rows(X, K, b):
    """The output is made square, with as many columns as rows."""
    k, F = K.shape[0], K.shape[3]
    n = X.shape[0] - k + 1
    Y = np.zeros((n, n, F))
    for i in range(n):
        for j in range(n):
            patch = X[i : i + k, j : j + k]
            Y[i, j] = np.tensordot(patch, K, axes=3) + b
    return Y


def cross_detector__the_lecture_s_kernel():
    """Only ones: a white wall holds a × as well."""
    return np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]]), -4.5


def cross_detector__no_bias():
    """Without a bias, nearly a × is a × already."""
    return np.array([[4, -5, 4], [-5, 4, -5], [4, -5, 4]]), 0


def cross_detector__plus():
    """The weights of + in place of those of ×."""
    return np.array([[-5, 4, -5], [4, 4, 4], [-5, 4, -5]]), -18


def cross_detector__ones_and_minus_ones():
    """Right in the dark; the sum of the weights is 1, so light changes the answer."""
    return np.array([[1, -1, 1], [-1, 1, -1], [1, -1, 1]]), -4.5


def cross_detector__says_yes_to_everything():
    """The bias alone is above 0."""
    return np.zeros((3, 3)), 1


def cross_detector__middle_not_asked():
    """A weight of 0 in the middle cannot tell whether the middle is lit."""
    return np.array([[1, -1, 1], [-1, 0, -1], [1, -1, 1]]), -3.5


def cross_detector__bias_too_strict():
    """The bias silences × too."""
    return np.array([[4, -5, 4], [-5, 4, -5], [4, -5, 4]]), -20

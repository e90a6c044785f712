"""Wrong answers to notebook 17's exercises: none may pass, each is told something."""

import numpy as np


def one_kernel__matrix_product(K, L):
    """The two kernels are multiplied as matrices."""
    return L @ K


def one_kernel__same_size(K, L):
    """Only the middle of the kernel is kept."""
    M = np.zeros((len(K) + len(L) - 1,) * 2)
    for i in range(len(L)):
        for j in range(len(L)):
            M[i : i + len(K), j : j + len(K)] += L[i, j] * K
    return M[1:-1, 1:-1]


def one_kernel__second_turned(K, L):
    """The second kernel is turned."""
    M = np.zeros((len(K) + len(L) - 1,) * 2)
    for i in range(len(L)):
        for j in range(len(L)):
            M[i : i + len(K), j : j + len(K)] += L[::-1, ::-1][i, j] * K
    return M


def one_kernel__diagonal_only(K, L):
    """One index serves for rows and columns."""
    M = np.zeros((len(K) + len(L) - 1,) * 2)
    for i in range(len(L)):
        M[i : i + len(K), i : i + len(K)] += L[i, i] * K
    return M


def one_kernel__sum(K, L):
    """The kernels are added."""
    return K + L


def one_kernel__kronecker(K, L):
    """Copies stand side by side without overlap."""
    return np.kron(L, K)


def one_kernel__whole_numbers(K, L):
    """M cuts off what comes after the point."""
    M = np.zeros((len(K) + len(L) - 1,) * 2, int)
    for i in range(len(L)):
        for j in range(len(L)):
            M[i : i + len(K), j : j + len(K)] += (L[i, j] * K).astype(int)
    return M


def one_kernel__product_of_same_size(K, L):
    """Weights are multiplied place by place."""
    return K * L


def one_kernel__outer_product(K, L):
    """All products of two weights."""
    return np.outer(L, K)


def fold_norm__mean_through_the_kernel(K, gamma, beta, mean, variance, epsilon):
    """The mean is taken for one of pixels."""
    scale = gamma / np.sqrt(variance + epsilon)
    return scale * K, beta - scale * K.sum(axis=(0, 1, 2)) * mean


def fold_norm__bias_into_the_kernel(K, gamma, beta, mean, variance, epsilon):
    """The bias is added to the weights."""
    scale = gamma / np.sqrt(variance + epsilon)
    b = beta - scale * mean
    return scale * K + b, b


def fold_norm__bias_without_gamma(K, gamma, beta, mean, variance, epsilon):
    """Gamma does not reach the mean."""
    deviation = np.sqrt(variance + epsilon)
    return gamma / deviation * K, beta - mean / deviation


def fold_norm__bias_without_epsilon(K, gamma, beta, mean, variance, epsilon):
    """Epsilon is in the kernel only."""
    scale = gamma / np.sqrt(variance + epsilon)
    return scale * K, beta - mean * gamma / np.sqrt(variance)


def fold_norm__forgets_the_kernel(K, gamma, beta, mean, variance, epsilon):
    """Only the bias is folded."""
    return K, beta - gamma * mean / np.sqrt(variance + epsilon)


def fold_norm__mean_unscaled(K, gamma, beta, mean, variance, epsilon):
    """The mean is not scaled."""
    return gamma * K / np.sqrt(variance + epsilon), beta - mean


def fold_norm__mean_off_the_weights(K, gamma, beta, mean, variance, epsilon):
    """The mean is subtracted from the weights."""
    return gamma * (K - mean) / np.sqrt(variance + epsilon), beta


def fold_norm__variance_as_deviation(K, gamma, beta, mean, variance, epsilon):
    """The root is missing."""
    scale = gamma / (variance + epsilon)
    return scale * K, beta - scale * mean


def fold_norm__scale_on_rows(K, gamma, beta, mean, variance, epsilon):
    """The scale runs along the first axis."""
    scale = gamma / np.sqrt(variance + epsilon)
    return K * scale[:, None, None, None], beta - scale * mean


def fold_norm__statistics_of_kernel(K, gamma, beta, mean, variance, epsilon):
    """The kernel itself is normalised."""
    return gamma * (K - K.mean()) / np.sqrt(K.var() + epsilon), beta


def fold_norm__kernel_only(K, gamma, beta, mean, variance, epsilon):
    """The bias is missing."""
    return K * gamma / np.sqrt(variance + epsilon)


def convolved(maps, K):
    windows = np.lib.stride_tricks.sliding_window_view(maps, (3, 3), axis=(1, 2))
    return np.einsum("nhwcij,ijcf->nhwf", windows, K)


def pooled(maps):
    n, h, w, f = maps.shape
    maps = maps[:, : h // 2 * 2, : w // 2 * 2]
    return maps.reshape(n, h // 2, 2, w // 2, 2, f).max(axis=(2, 4))


def stage__no_relu(maps, K, b, padding, pool):
    """The ReLU is missing."""
    maps = np.pad(maps, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    maps = convolved(maps, K) + b
    return pooled(maps) if pool else maps


def stage__pads_every_axis(maps, K, b, padding, pool):
    """Pictures and channels get a border too."""
    maps = np.maximum(0, convolved(np.pad(maps, padding), K) + b)
    return pooled(maps) if pool else maps


def stage__odd_side_overhangs(maps, K, b, padding, pool):
    """A last odd row or column is pooled on its own."""
    maps = np.pad(maps, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    maps = np.maximum(0, convolved(maps, K) + b)
    if not pool:
        return maps
    h, w = maps.shape[1:3]
    return pooled(np.pad(maps, [(0, 0), (0, h % 2), (0, w % 2), (0, 0)]))


def stage__pools_first(maps, K, b, padding, pool):
    """It pools before it convolves."""
    maps = pooled(maps) if pool else maps
    maps = np.pad(maps, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    return np.maximum(0, convolved(maps, K) + b)


def stage__kernel_turned(maps, K, b, padding, pool):
    """The kernel is turned, as in true convolution."""
    maps = np.pad(maps, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    maps = np.maximum(0, convolved(maps, K[::-1, ::-1]) + b)
    return pooled(maps) if pool else maps


def stage__reshaped_wrongly(maps, K, b, padding, pool):
    """The two axes of a block come in the wrong order."""
    maps = np.pad(maps, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    maps = np.maximum(0, convolved(maps, K) + b)
    if not pool:
        return maps
    n, h, w, f = maps.shape
    maps = maps[:, : h // 2 * 2, : w // 2 * 2]
    return maps.reshape(n, 2, h // 2, 2, w // 2, f).max(axis=(1, 3))


def stage__overlapping_blocks(maps, K, b, padding, pool):
    """Pooling moves on by one place."""
    maps = np.pad(maps, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    maps = np.maximum(0, convolved(maps, K) + b)
    if not pool:
        return maps
    windows = np.lib.stride_tricks.sliding_window_view(maps, (2, 2), axis=(1, 2))
    return windows.max(axis=(-2, -1))


def stage__bias_in_the_kernel(maps, K, b, padding, pool):
    """The bias is added to the weights."""
    maps = np.pad(maps, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    maps = np.maximum(0, convolved(maps, K + b))
    return pooled(maps) if pool else maps


def stage__uncropped(maps, K, b, padding, pool):
    """A last odd row or column is not dropped before the blocks are made."""
    maps = np.pad(maps, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    maps = np.maximum(0, convolved(maps, K) + b)
    if not pool:
        return maps
    n, h, w, f = maps.shape
    return maps.reshape(n, h // 2, 2, w // 2, 2, f).max(axis=(2, 4))


def stage__forgets_to_pool(maps, K, b, padding, pool):
    """It never pools."""
    maps = np.pad(maps, [(0, 0), (padding, padding), (padding, padding), (0, 0)])
    return np.maximum(0, convolved(maps, K) + b)


def my_filters__blurs():
    """Four blurs see no edges."""
    return np.ones((3, 3, 4)) / 9


def my_filters__nothing_at_all():
    """Filters of zeros."""
    return np.zeros((3, 3, 4))


def my_filters__one_direction():
    """Four copies of one filter."""
    step = np.array([[-1.0, 0, 1]] * 3)
    return np.stack([step] * 4, axis=-1)


def my_filters__thin_lines():
    """Lines in four directions: second differences see no steps."""
    line = np.array([[-1.0, 2, -1]] * 3)
    diagonal = 3 * np.eye(3) - 1
    return np.stack([line, line.T, diagonal, diagonal[::-1]], axis=-1)


def my_filters__two_directions_only():
    """Both signs of two directions leave the diagonals to chance."""
    step = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return np.stack([step, -step, step.T, -step.T], axis=-1)


def my_filters__prewitt():
    """Four directions of edges and nothing that sees flat cloth: just below the bar."""
    x, y = np.meshgrid([-1, 0, 1], [-1, 0, 1])
    return np.stack([x, y, np.sign(x - y), np.sign(x + y)], axis=-1)


def my_filters__stacked_in_front():
    """The filters are the first axis."""
    step = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    return np.stack([step, step.T, -step - step.T, np.ones((3, 3))])

"""Exercises: max pooling, its backward pass, average pooling as a convolution."""

import numpy as np

from helpers.checks.engine import Exercise, Mistake


def _max_pool(X: np.ndarray, size: int, stride: int) -> np.ndarray:
    """Keras's layer, on one image with one channel."""
    import keras

    pool = keras.layers.MaxPooling2D(size, strides=stride, dtype="float64")
    image = np.asarray(X, "float64")[None, :, :, None]
    return keras.ops.convert_to_numpy(pool(image))[0, :, :, 0]


def _max_pool_cases() -> list[tuple]:
    rng = np.random.default_rng(16)
    X = np.array([[-4, -1, 3, 2], [-2, -3, 0, 5], [1, 6, 2, 0], [7, 0, 4, 1]])
    return [
        (X, 2, 2),
        (X, 3, 1),
        (rng.normal(size=(7, 8)), 2, 2),
        (rng.normal(size=(9, 11)) - 4, 3, 2),
    ]


def _pool(
    X: np.ndarray, size: int, rows: int, columns: int, stride: int, largest=np.max
) -> np.ndarray:
    return np.array(
        [
            [
                largest(X[p * stride : p * stride + size, q * stride : q * stride + size])
                for q in range(columns)
            ]
            for p in range(rows)
        ]
    )


def _fit(X: np.ndarray, size: int, stride: int) -> tuple[int, int]:
    return (X.shape[0] - size) // stride + 1, (X.shape[1] - size) // stride + 1


def _max_pool_mean(X, size, stride):
    return _pool(X, size, *_fit(X, size, stride), stride, np.mean)


def _max_pool_from_zero(X, size, stride):
    return np.maximum(_pool(X, size, *_fit(X, size, stride), stride), 0)


def _max_pool_stride_one(X, size, stride):
    return _pool(X, size, *_fit(X, size, 1), 1)


def _max_pool_stride_is_size(X, size, stride):
    return _pool(X, size, *_fit(X, size, size), size)


def _max_pool_over_the_edge(X, size, stride):
    rows, columns = (-(-(side - size) // stride) + 1 for side in X.shape)
    return _pool(X, size, rows, columns, stride)


def _max_pool_largest_size(X, size, stride):
    return _pool(X, size, *_fit(X, size, stride), stride, lambda window: np.abs(window).max())


def _max_pool_backward(X: np.ndarray, dY: np.ndarray, size: int) -> np.ndarray:
    """Autodiff through Keras's layer; the stride is the size."""
    import keras
    import tensorflow as tf

    x = tf.constant(np.asarray(X, "float64")[None, :, :, None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = keras.layers.MaxPooling2D(size, dtype="float64")(x)
    seed = tf.constant(np.asarray(dY, "float64")[None, :, :, None])
    return tape.gradient(y, x, output_gradients=seed)[0, :, :, 0].numpy()


def _backward_cases() -> list[tuple]:
    rng = np.random.default_rng(17)
    return [
        (np.array([[1, 5], [3, 2]]), np.array([[10.0]]), 2),
        (rng.permutation(16).reshape(4, 4), np.array([[1.0, -2.0], [3.0, 0.5]]), 2),
        (rng.normal(size=(6, 9)), rng.normal(size=(2, 3)), 3),
        (rng.normal(size=(7, 5)), rng.normal(size=(3, 2)), 2),
    ]


def _windows(X: np.ndarray, dY: np.ndarray, size: int):
    """Yield each window's slices and the gradient that arrives there."""
    for (p, q), gradient in np.ndenumerate(dY):
        yield (slice(p * size, (p + 1) * size), slice(q * size, (q + 1) * size)), gradient


def _backward_everyone(X, dY, size):
    dX = np.zeros(X.shape)
    for window, gradient in _windows(X, dY, size):
        dX[window] = gradient
    return dX


def _backward_divided(X, dY, size):
    return _backward_everyone(X, dY, size) / size**2


def _backward_mask(X, dY, size):
    dX = np.zeros(X.shape)
    for window, _ in _windows(X, dY, size):
        dX[window] = X[window] == X[window].max()
    return dX


def _backward_values(X, dY, size):
    return X * _backward_mask(X, dY, size)


def _backward_times_values(X, dY, size):
    return _backward_everyone(X, dY, size) * _backward_values(X, dY, size)


def _backward_first_pixel(X, dY, size):
    dX = np.zeros(X.shape)
    for (p, q), gradient in np.ndenumerate(dY):
        dX[p * size, q * size] = gradient
    return dX


def _backward_turned(X, dY, size):
    dX = np.zeros(X.shape)
    for window, gradient in _windows(X, dY, size):
        dX[window] = gradient * (X[window] == X[window].max()).T
    return dX


def _backward_cropped(X, dY, size):
    dX = _backward_everyone(X, dY, size) * _backward_mask(X, dY, size)
    return dX[: size * dY.shape[0], : size * dY.shape[1]]


def _backward_whole_numbers(X, dY, size):
    dX = np.zeros_like(X)
    for window, gradient in _windows(X, dY, size):
        dX[window] = gradient * (X[window] == X[window].max())
    return dX


def _average_kernel(size: int, channels: int) -> np.ndarray:
    """Ask Keras's average pooling for its answer to each single bright pixel."""
    import keras

    pixels = np.eye(size * size * channels).reshape(-1, size, size, channels)
    answers = keras.layers.AveragePooling2D(size, dtype="float64")(pixels)
    return keras.ops.convert_to_numpy(answers).reshape(size, size, channels, channels)


def _kernel_cases() -> list[tuple]:
    return [(2, 1), (2, 3), (3, 2), (4, 5)]


def _kernel_of_ones(size, channels):
    return np.ones((size, size, 1, 1)) * np.eye(channels)


def _kernel_side(size, channels):
    return _kernel_of_ones(size, channels) / size


def _kernel_mixed(size, channels):
    return np.full((size, size, channels, channels), 1 / size**2)


def _kernel_mean_of_all(size, channels):
    return _kernel_mixed(size, channels) / channels


def _kernel_diagonal_over_channels(size, channels):
    return _kernel_of_ones(size, channels) / (size**2 * channels)


def _kernel_one_filter(size, channels):
    return np.full((size, size, channels, 1), 1 / size**2)


def _kernel_channels_first(size, channels):
    return _average_kernel(size, channels).transpose(2, 3, 0, 1)


EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="max_pool",
        oracle=_max_pool,
        cases=_max_pool_cases,
        mistakes=(
            Mistake(
                _max_pool_mean, "this is the mean of the window: max pooling keeps the largest."
            ),
            Mistake(
                _max_pool_from_zero,
                "negative numbers are lost: a running maximum that starts at 0 never goes below "
                "it. What is the largest of −4 and −1?",
            ),
            Mistake(
                _max_pool_stride_one,
                "the window moves by 1: the next one begins `stride` pixels further on.",
            ),
            Mistake(
                _max_pool_stride_is_size,
                "the window moves by its own size: size and stride are two numbers, and windows "
                "may overlap.",
            ),
            Mistake(
                _max_pool_over_the_edge,
                "there are too many windows: only those count that lie in X entirely.",
            ),
            Mistake(
                _max_pool_largest_size,
                "the largest *absolute* value is not the largest value: look at the signs.",
            ),
        ),
    ),
    Exercise(
        name="max_pool_backward",
        oracle=_max_pool_backward,
        cases=_backward_cases,
        mistakes=(
            Mistake(
                _backward_everyone,
                "every pixel of a window gets the whole gradient: if a pixel that is not the "
                "largest grows a little, does the output change?",
            ),
            Mistake(
                _backward_divided,
                "the gradient is divided among the window: so does average pooling. Which pixel "
                "made the output of max pooling?",
            ),
            Mistake(
                _backward_mask,
                "the winners are found, but get 1: by the chain rule they get the gradient that "
                "arrives at their output.",
            ),
            Mistake(
                _backward_values,
                "these are the largest values themselves: that is the forward pass. Backwards, "
                "the numbers of dY travel.",
            ),
            Mistake(
                _backward_times_values,
                "the gradient is multiplied by the value of the winner: the derivative of the "
                "maximum with respect to its winner is 1, whatever its value.",
            ),
            Mistake(
                _backward_first_pixel,
                "the gradient always goes to the window's first pixel: it belongs to the largest.",
            ),
            Mistake(
                _backward_turned,
                "the winners' rows and columns have changed places inside the window: check the "
                "order in which you turn the place of the maximum into a row and a column.",
            ),
            Mistake(
                _backward_cropped,
                "dX is smaller than X: pixels at the edge that are in no window have the gradient "
                "zero, but they have one.",
            ),
            Mistake(
                _backward_whole_numbers,
                "dX took the type of X: where X holds integers, the fractions of dY are cut off. "
                "np.zeros(X.shape) makes room for them.",
            ),
        ),
    ),
    Exercise(
        name="average_kernel",
        oracle=_average_kernel,
        cases=_kernel_cases,
        mistakes=(
            Mistake(_kernel_of_ones, "these weights sum the window: a mean also divides."),
            Mistake(_kernel_side, "divided by the side of the window: how many numbers are in it?"),
            Mistake(
                _kernel_mixed,
                "every output channel sees every input channel: pooling treats each channel by "
                "itself. What must the weight from one channel to another be?",
            ),
            Mistake(
                _kernel_mean_of_all,
                "this is the mean over all channels: pooling treats each channel by itself.",
            ),
            Mistake(
                _kernel_diagonal_over_channels,
                "divided by the number of channels too: each mean is over one channel only.",
            ),
            Mistake(
                _kernel_one_filter,
                "this kernel makes one map: pooling gives as many channels as it takes.",
            ),
            Mistake(
                _kernel_channels_first,
                "the axes are in another order: Keras's kernels have the shape (height, width, "
                "channels in, channels out).",
            ),
        ),
    ),
)

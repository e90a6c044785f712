"""Exercises: standardising, a network's parameters, the confusion matrix."""

from itertools import pairwise

import numpy as np

from helpers.checks.engine import Exercise, Mistake

Stages = list[tuple[int, str, int]]


def _standardise(train: np.ndarray, test: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keras's layer, adapted to the training images only."""
    import keras

    layer = keras.layers.Normalization(axis=None, dtype="float64")
    layer.adapt(np.asarray(train, "float64"))
    both = (layer(np.asarray(images, "float64")) for images in (train, test))
    return tuple(keras.ops.convert_to_numpy(images) for images in both)


def _standardise_cases() -> list[tuple]:
    rng = np.random.default_rng(17)
    train = rng.integers(0, 200, (6, 5, 4), dtype=np.uint8)
    return [
        (np.array([[[0, 10]], [[20, 30]]], np.uint8), np.array([[[15, 40]]], np.uint8)),
        (train, rng.integers(50, 256, (4, 5, 4), dtype=np.uint8)),
        (rng.normal(3, 2, (5, 4, 4, 1)), rng.normal(1, 4, (3, 4, 4, 1))),
    ]


def _own_statistics(train, test):
    return tuple((images - images.mean()) / images.std() for images in (train, test))


def _statistics_of_all(train, test):
    everything = np.concatenate([train, test])
    return tuple((images - everything.mean()) / everything.std() for images in (train, test))


def _only_train(train, test):
    return (train - train.mean()) / train.std(), test


def _per_pixel(train, test):
    mean, sd = train.mean(axis=0), train.std(axis=0)
    return (train - mean) / sd, (test - mean) / sd


def _variance(train, test):
    return tuple((images - train.mean()) / train.var() for images in (train, test))


def _not_centred(train, test):
    return tuple(images / train.std() for images in (train, test))


def _not_scaled(train, test):
    return tuple(images - train.mean() for images in (train, test))


def _scaled_to_one(train, test):
    return train / 255, test / 255


def _whole_numbers(train, test):
    scaled = [(images - train.mean()) / train.std() for images in (train, test)]
    return tuple(
        new.astype(images.dtype) for new, images in zip(scaled, (train, test), strict=True)
    )


def _one_less(train, test):
    return tuple((images - train.mean()) / train.std(ddof=1) for images in (train, test))


def _network_parameters(side: int, channels: int, stages: Stages, classes: int) -> int:
    """Build the network and let Keras count."""
    import keras

    network = [keras.Input((side, side, channels))]
    for filters, padding, pool in stages:
        network += [
            keras.layers.Conv2D(filters, 3, padding=padding, activation="relu"),
            keras.layers.MaxPooling2D(pool),
        ]
    network += [keras.layers.Flatten(), keras.layers.Dense(classes)]
    return keras.Sequential(network).count_params()


def _parameters_cases() -> list[tuple]:
    return [
        (7, 1, [(2, "valid", 2)], 3),
        (28, 1, [(16, "valid", 2), (32, "same", 2), (64, "same", 2), (96, "same", 1)], 10),
        (33, 3, [(4, "same", 2), (5, "valid", 3)], 6),
        (15, 2, [(3, "valid", 1), (6, "valid", 2), (2, "same", 1)], 4),
    ]


def _sides(side: int, stages: Stages, border: int = 2, up: bool = False, pooled: bool = True):
    """Side of the last map; options for the mistakes."""
    for _, padding, pool in stages:
        side -= border if padding == "valid" else 0
        if pooled:
            side = -(-side // pool) if up else side // pool
    return side


def _count(channels, stages, classes, side, *, bias=True, first=None):
    """Sum up; `first` replaces the channels that each kernel reads."""
    filters = [number for number, _, _ in stages]
    pairs = pairwise([channels, *filters])
    kernels = sum(9 * (first or before) * after + bias * after for before, after in pairs)
    return kernels + (side**2 * filters[-1] + bias) * classes


def _no_bias(side, channels, stages, classes):
    return _count(channels, stages, classes, _sides(side, stages), bias=False)


def _one_channel_kernels(side, channels, stages, classes):
    return _count(channels, stages, classes, _sides(side, stages), first=1)


def _image_channels(side, channels, stages, classes):
    return _count(channels, stages, classes, _sides(side, stages), first=channels)


def _never_pooled(side, channels, stages, classes):
    return _count(channels, stages, classes, _sides(side, stages, pooled=False))


def _edges_kept(side, channels, stages, classes):
    return _count(channels, stages, classes, _sides(side, stages, border=0))


def _one_pixel_lost(side, channels, stages, classes):
    return _count(channels, stages, classes, _sides(side, stages, border=1))


def _rounded_up(side, channels, stages, classes):
    return _count(channels, stages, classes, _sides(side, stages, up=True))


def _not_flattened(side, channels, stages, classes):
    return _count(channels, stages, classes, 1)


def _only_convolutions(side, channels, stages, classes):
    return _count(channels, stages, 0, 1)


def _confusion_matrix(true: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """TensorFlow's."""
    import tensorflow as tf

    return tf.math.confusion_matrix(true, predicted, num_classes=classes).numpy()


def _confusion_cases() -> list[tuple]:
    rng = np.random.default_rng(18)
    return [
        (np.array([0, 0, 0, 1, 1]), np.array([0, 1, 1, 1, 0]), 3),
        (rng.integers(0, 4, 30), rng.integers(0, 4, 30), 4),
        (np.array([2, 5, 5, 2, 4], np.uint8), np.array([2, 2, 2, 5, 4]), 7),
    ]


def _transposed(true, predicted, classes):
    return _confusion_matrix(predicted, true, classes)


def _counted_once(true, predicted, classes):
    matrix = np.zeros((classes, classes))
    matrix[true, predicted] += 1
    return matrix


def _only_seen(true, predicted, classes):
    seen = np.union1d(true, predicted)
    return _confusion_matrix(true, predicted, classes)[np.ix_(seen, seen)]


def _only_wrong(true, predicted, classes):
    matrix = _confusion_matrix(true, predicted, classes)
    return matrix - np.diag(np.diag(matrix))


def _shares_of_all(true, predicted, classes):
    return _confusion_matrix(true, predicted, classes) / len(true)


def _shares_of_rows(true, predicted, classes):
    matrix = _confusion_matrix(true, predicted, classes)
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)


def _one_row_for_all(true, predicted, classes):
    matrix = [[0] * classes] * classes
    for t, p in zip(true, predicted, strict=True):
        matrix[t][p] += 1
    return matrix


EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="standardise",
        oracle=_standardise,
        cases=_standardise_cases,
        mistakes=(
            Mistake(
                _own_statistics,
                "the test images are standardised with their own mean and standard deviation: a "
                "pixel of value 15 then becomes one number in training and another in the test.",
            ),
            Mistake(
                _statistics_of_all,
                "the statistics are taken over training and test images together: the test set "
                "must not influence anything that the network is given in training.",
            ),
            Mistake(
                _only_train, "the test images come back as they were: what does the network expect?"
            ),
            Mistake(
                _per_pixel,
                "each pixel has a mean and a deviation of its own: here one number of each, for "
                "all pixels. (A pixel that is always black would be divided by 0.)",
            ),
            Mistake(_variance, "divided by the variance: the standard deviation is its root."),
            Mistake(
                _not_centred, "the mean of the training images is not 0 afterwards: subtract first."
            ),
            Mistake(_not_scaled, "the mean is right, the spread is not: the division is missing."),
            Mistake(
                _scaled_to_one,
                "this brings pixels to 0…1, and so is a scaling, but not to mean 0 and standard "
                "deviation 1.",
            ),
            Mistake(
                _whole_numbers,
                "the result has the type of the pixels: bytes hold neither fractions nor negative "
                "numbers. Make the result floating-point.",
            ),
            Mistake(
                _one_less,
                "the squares were divided by n − 1 (ddof=1): the deviation of the images "
                "themselves divides by n.",
            ),
        ),
    ),
    Exercise(
        name="network_parameters",
        oracle=_network_parameters,
        cases=_parameters_cases,
        mistakes=(
            Mistake(
                _no_bias,
                "only the weights are counted: every filter, and every class of the dense layer, "
                "has one bias as well.",
            ),
            Mistake(
                _one_channel_kernels,
                "each kernel has 9 weights here: a filter reads *all* channels below it. How many "
                "does the stage before give?",
            ),
            Mistake(
                _image_channels,
                "every stage reads the channels of the image: from the second stage on, a filter "
                "reads the maps of the stage before.",
            ),
            Mistake(
                _never_pooled,
                "the dense layer is too large: it reads the map after pooling, whose side has "
                "been divided.",
            ),
            Mistake(
                _edges_kept,
                'the dense layer is too large: with padding "valid" a 3×3 kernel does not hang '
                "over the edge. How many places does it have along a side?",
            ),
            Mistake(
                _one_pixel_lost,
                'with padding "valid" a 3×3 kernel costs a pixel at *each* end of a side.',
            ),
            Mistake(
                _rounded_up,
                "the sides are rounded up: a window that hangs over the edge does not count.",
            ),
            Mistake(
                _not_flattened,
                "the dense layer reads one number a map: Flatten gives it every neuron of every "
                "map.",
            ),
            Mistake(_only_convolutions, "these are the convolutions: the dense layer is missing."),
        ),
    ),
    Exercise(
        name="confusion_matrix",
        oracle=_confusion_matrix,
        cases=_confusion_cases,
        mistakes=(
            Mistake(
                _transposed, "rows and columns have changed places: the true class is the row."
            ),
            Mistake(
                _counted_once,
                "a pair that occurs several times is counted once: M[true, predicted] += 1 with "
                "arrays adds 1 to each place only once. Loop, or use np.add.at.",
            ),
            Mistake(
                _only_seen,
                "classes that do not occur are missing: the matrix has `classes` rows and columns "
                "whatever is in the data.",
            ),
            Mistake(
                _one_row_for_all,
                "all rows are the same: [[0] * classes] * classes is one row, named several times. "
                "Make each row anew, or take np.zeros.",
            ),
            Mistake(_only_wrong, "the diagonal is empty: the right answers are counted there."),
            Mistake(_shares_of_all, "these are shares of all examples: counts are wanted."),
            Mistake(_shares_of_rows, "these are shares of each row: counts are wanted."),
        ),
    ),
)

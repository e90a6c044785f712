"""Exercises of notebook 17: standardising, a network's parameters, the confusion matrix."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal

# --- mean 0, standard deviation 1 ---


def standardise(train, test):
    mean = train.mean()
    sd = train.std()
    x_train = (train - mean) / sd
    x_test = (test - mean) / sd
    return x_train, x_test


def _standardise_cases():
    rng = np.random.default_rng(17)
    tiny = np.array([[[2.0, 4.0], [4.0, 4.0]], [[5.0, 5.0], [7.0, 9.0]]])  # mean 5, deviation 2
    train, test = normal("n h w c, m h w c", seed=1, n=5, m=3, h=4, w=3, c=1)
    cube, other = normal("n h w, n h w", seed=2, n=4, h=4, w=4)
    return {
        "two images of four pixels": (tiny, np.array([[[5.0, 9.0], [1.0, 7.0]]])),
        "a mean that is no whole number": (0.4 + 2 * train, 3 + 4 * test),
        "as many images as rows and columns": (1 + cube, 2 * other),
        "a photograph's bytes": (
            rng.integers(0, 200, (6, 5, 4), dtype=np.uint8),
            rng.integers(50, 256, (4, 5, 4), dtype=np.uint8),
        ),
    }


# --- count before you build ---


def network_parameters(side, channels, stages, classes):
    convolutions = 0
    for filters, padding, pool in stages:
        convolutions += 3 * 3 * channels * filters + filters
        if padding == "valid":
            side = side - 2
        side = side // pool
        channels = filters
    neurons = side * side * channels
    dense = neurons * classes + classes
    return convolutions + dense


def _parameters_cases():
    return {
        "one stage": (6, 1, [(2, "valid", 2)], 3),
        "three colours": (6, 3, [(2, "valid", 2)], 3),
        'padding "same"': (6, 1, [(2, "same", 2)], 3),
        "no pooling": (6, 1, [(2, "valid", 1)], 3),
        "a side to be rounded down": (7, 1, [(2, "valid", 2)], 3),
        "two stages": (12, 2, [(3, "valid", 1), (4, "valid", 2)], 4),
        "three stages": (15, 2, [(3, "valid", 1), (6, "same", 2), (2, "same", 1)], 4),
        "a window of 3": (33, 3, [(4, "same", 2), (5, "valid", 3)], 6),
    }


# --- what is taken for what ---


def confusion_matrix(true, predicted, classes):
    M = np.zeros((classes, classes), int)
    for t, p in zip(true, predicted, strict=True):
        M[t, p] += 1
    return M


def _confusion_cases():
    rng = np.random.default_rng(18)
    often = np.array([0] * 300 + [1] * 3), np.array([1] * 300 + [0, 1, 2])
    return {
        "five examples of two classes": (np.array([0, 0, 0, 1, 1]), np.array([0, 1, 1, 1, 0]), 2),
        "thirty examples of four classes": (rng.integers(0, 4, 30), rng.integers(0, 4, 30), 4),
        "classes that do not occur": (np.array([2, 5, 5, 2, 4]), np.array([2, 2, 2, 5, 4]), 7),
        "one pair 300 times": (*often, 3),
        "twenty classes, in bytes": (
            rng.integers(1, 19, 60, dtype=np.uint8),
            rng.integers(1, 19, 60, dtype=np.uint8),
            20,
        ),
    }


EXERCISES = (
    Exercise(
        standardise,
        cases=_standardise_cases,
        returns=("train", "test"),
        mistakes=(
            Edit(
                "(test - mean) / sd",
                "(test - test.mean()) / test.std()",
                "the test images are standardised with their own mean and standard deviation: then "
                "a pixel of value 15 is one number in training and another in the test.",
            ),
            Edit(
                "mean = train.mean()\n    sd = train.std()",
                "both = np.concatenate([train, test])\n    mean = both.mean()\n    sd = both.std()",
                "the statistics are taken over training and test images together. The test set "
                "must not influence anything that the network is given in training.",
            ),
            Edit(
                "(test - mean) / sd",
                "test",
                "the test images come back as they were: either the formula is not applied to "
                "them, or mean and deviation were taken after the training images had already been "
                "standardised.",
            ),
            Edit(
                "train.mean()\n    sd = train.std()",
                "train.mean(axis=0)\n    sd = train.std(axis=0)",
                "each pixel has a mean and a deviation of its own; here one of each is wanted, for "
                "all pixels. (A pixel that is always black would be divided by 0.)",
            ),
            Edit(
                "train.std()",
                "train.var()",
                "divided by the variance. Which of variance and standard deviation has the unit of "
                "the pixels?",
            ),
            Edit(
                "(train - mean) / sd\n    x_test = (test - mean) / sd",
                "train / sd\n    x_test = test / sd",
                "the standard deviation is 1 now, but is the mean 0?",
            ),
            Edit(
                "(train - mean) / sd\n    x_test = (test - mean) / sd",
                "train - mean\n    x_test = test - mean",
                "the mean is 0 now, but is the standard deviation 1?",
            ),
            Edit(
                "(train - mean) / sd\n    x_test = (test - mean) / sd",
                "train / 255\n    x_test = test / 255",
                "this brings pixels to the range 0…1, not to mean 0 and standard deviation 1.",
            ),
            Edit(
                "(train - mean) / sd\n    x_test = (test - mean) / sd",
                "train - mean / sd\n    x_test = test - mean / sd",
                "only the mean is divided by the deviation: `/` binds more strongly than `-`.",
            ),
            Edit(
                "return x_train, x_test",
                "return x_train.astype(train.dtype), x_test.astype(test.dtype)",
                "the result has the type of the pixels, and bytes hold neither fractions nor "
                "negative numbers. Which type does?",
            ),
            Edit(
                BODY,
                """
                mean = train.mean()
                sd = train.std()
                train -= mean
                train /= sd
                test -= mean
                test /= sd
                return train, test
                """,
                "right for fractions, but the pixels are bytes. `-=` and `/=` write the result "
                "into the same array, which holds neither fractions nor negative numbers.",
            ),
            Edit(
                "train.std()",
                "train.std(ddof=1)",
                "the squares were divided by n − 1 (ddof=1); the deviation of the images "
                "themselves divides by n.",
            ),
        ),
        hints=(
            "Two numbers are all you need to know about the training images. Over which axes are "
            "they taken, if each is a single number?",
            "Both arrays go through the same formula with the same two numbers: ask yourself which "
            "of the two arrays those may come from.",
        ),
    ),
    Exercise(
        network_parameters,
        cases=_parameters_cases,
        mistakes=(
            Edit(
                BODY,
                """
                total = 0
                for filters, padding, pool in stages:
                    total += 3 * 3 * channels * filters
                    if padding == "valid":
                        side = side - 2
                    side = side // pool
                    channels = filters
                return total + side * side * channels * classes
                """,
                "only the weights are counted. Every filter, and every class of the dense layer, "
                "has a bias as well.",
            ),
            Edit(
                "filters + filters",
                "filters + 1",
                "each stage has one bias here. One number is added to each map: how many maps does "
                "a stage make?",
            ),
            Edit(
                "3 * 3 * channels * filters",
                "3 * 3 * filters",
                "a filter has 9 weights here, whatever it reads. It reads *all* channels below it: "
                "how many does the stage before give?",
            ),
            Edit(
                "        channels = filters\n    neurons = side * side * channels",
                "    neurons = side * side * filters",
                "every stage reads the channels of the image. From the second stage on, a filter "
                "reads the maps of the stage before.",
            ),
            Edit(
                "        channels = filters\n",
                "",
                "the number of channels never changes: what does a stage hand on to the next one, "
                "and the last one to the dense layer?",
            ),
            Edit(
                "        side = side // pool\n",
                "",
                "the sides are too large: a stage hands on its maps after pooling.",
            ),
            Edit(
                '        if padding == "valid":\n            side = side - 2\n',
                "",
                'right for padding "same". With "valid" a 3×3 kernel does not hang over the edge: '
                "how many places does it have along a side?",
            ),
            Edit(
                "side - 2",
                "side - 1",
                'with padding "valid" a 3×3 kernel costs a pixel at *each* end of a side.',
            ),
            Edit(
                "side // pool",
                "-(-side // pool)",
                "the sides are rounded up, but a window that hangs over the edge does not count.",
            ),
            Edit(
                'if padding == "valid":\n            side = side - 2\n        side = side // pool',
                'side = side // pool\n        if padding == "valid":\n            side = side - 2',
                "the side is divided before the kernel takes its two pixels: in a stage the "
                "convolution comes first.",
            ),
            Edit(
                "side * side * channels",
                "channels",
                "the dense layer reads one number per map. Flatten gives it every neuron of every "
                "map.",
            ),
            Edit(
                "return convolutions + dense",
                "return convolutions",
                "these are the convolutions alone: the dense layer is missing.",
            ),
            Edit(
                "3 * 3 * channels * filters + filters",
                "3 * 3 * channels + filters",
                "here all filters of a stage share one set of weights and differ in their bias "
                "only. How many weights has one filter, and how many have all?",
            ),
        ),
        hints=(
            "Take the first case by hand: one filter has 9 weights per channel that it reads, and "
            "a bias. How many filters are there?",
            "Go through the stages and keep two things up to date: the side of the maps and their "
            "number. In a stage, the convolution comes first, then the pooling.",
            "At the end, how many neurons are laid out flat, and how many weights has each class "
            "for them?",
        ),
    ),
    Exercise(
        confusion_matrix,
        cases=_confusion_cases,
        mistakes=(
            Edit(
                "M[t, p]",
                "M[p, t]",
                "rows and columns have changed places: the true class is the row.",
            ),
            Edit(
                "for t, p in zip(true, predicted, strict=True):\n        M[t, p] += 1",
                "M[true, predicted] += 1",
                "a pair that occurs several times is counted once: with arrays as indices, += adds "
                "1 to each place only once.",
            ),
            Edit(
                "return M",
                "seen = np.union1d(true, predicted)\n    return M[np.ix_(seen, seen)]",
                "classes that do not occur are missing: the matrix has `classes` rows and columns, "
                "whatever is in the data.",
            ),
            Edit(
                BODY,
                """
                M = [[0] * classes] * classes
                for t, p in zip(true, predicted, strict=True):
                    M[t][p] += 1
                return M
                """,
                "all rows are the same: [[0] * classes] * classes is one row with several names, "
                "so that whatever is counted in one row appears in all.",
            ),
            Edit(
                "M[t, p] += 1",
                "M[t, p] += t != p",
                "the diagonal is empty: the right answers are counted there.",
            ),
            Edit(
                "M[t, p] += 1",
                "M[t, p] += t == p",
                "only the right answers are counted. A wrong one belongs in the row of its true "
                "class, in the column of the class that was answered.",
            ),
            Edit(
                "return M",
                "return M / len(true)",
                "these are shares of all examples; counts are wanted.",
            ),
            Edit(
                "return M",
                "return M / np.maximum(M.sum(axis=1, keepdims=True), 1)",
                "these are shares of each row; counts are wanted.",
            ),
            Edit(
                "return M",
                "return M / M.sum(axis=1, keepdims=True)",
                "these are shares of each row (and 0 / 0 in a class that does not occur); counts "
                "are wanted.",
            ),
            Edit(
                "M[t, p] += 1",
                "M[t - 1, p - 1] += 1",
                "everything stands one row too high and one column too far left: the classes count "
                "from 0.",
            ),
            Edit(
                "np.zeros((classes, classes), int)",
                "np.zeros((classes, classes), np.uint8)",
                "right up to a count of 255: then the bytes of M start again at 0.",
            ),
            Edit(
                BODY,
                "return np.mean(np.asarray(true) == predicted)",
                "this is the accuracy, one number. Wanted is a table: how often each class is "
                "taken for each other one.",
            ),
        ),
        hints=(
            "Start with a table of zeros, a row and a column for each class.",
            "Go through the examples: each adds 1 to one place. Which row, which column?",
        ),
    ),
)

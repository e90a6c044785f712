"""Wrong answers to the exercises of notebook 17: standardise, parameters, confusion matrix."""

import numpy as np


def standardise__smallest_to_largest(train, test):
    """The pixels are scaled from smallest to largest instead of by mean and deviation."""
    low, high = train.min(), train.max()
    return (train - low) / (high - low), (test - low) / (high - low)


def standardise__bracket_missing(train, test):
    """Brackets are missing: only the mean is divided."""
    mean, sd = train.mean(), train.std()
    return train - mean / sd, test - mean / sd


def standardise__statistics_of_test(train, test):
    """Mean and deviation are those of the test images."""
    mean, sd = np.mean(test), np.std(test)
    return (train - mean) / sd, (test - mean) / sd


def standardise__in_place(train, test):
    """The mean is subtracted in place, which bytes cannot hold."""
    mean, sd = train.mean(), train.std()
    train -= mean
    train /= sd
    test -= mean
    test /= sd
    return train, test


def standardise__mean_as_a_byte(train, test):
    """The mean is cut to a whole number."""
    mean, sd = int(train.mean()), train.std()
    return (train.astype(float) - mean) / sd, (test.astype(float) - mean) / sd


def standardise__byte_difference(train, test):
    """The difference is made in bytes, so pixels darker than the mean wrap round."""
    mean = np.round(train.mean()).astype(train.dtype)
    sd = train.std()
    return (train - mean) / sd, (test - mean) / sd


def standardise__each_image(train, test):
    """Each image gets its own mean and deviation."""
    a = (train - train.mean(axis=(1, 2), keepdims=True)) / train.std(axis=(1, 2), keepdims=True)
    b = (test - test.mean(axis=(1, 2), keepdims=True)) / test.std(axis=(1, 2), keepdims=True)
    return a, b


def standardise__median(train, test):
    """The median is used instead of the mean."""
    m, s = np.median(train), np.std(train)
    return (train - m) / s, (test - m) / s


def standardise__statistics_taken_again(train, test):
    """train is overwritten before the statistics for test are taken from it."""
    train = (train - train.mean()) / train.std()
    test = (test - train.mean()) / train.std()
    return train, test


def standardise__divides_first(train, test):
    """It divides first and subtracts the old mean afterwards."""
    mean, sd = train.mean(), train.std()
    return train / sd - mean, test / sd - mean


def standardise__returned_in_the_other_order(train, test):
    """The two arrays come back in the other order."""
    mean, sd = train.mean(), train.std()
    x_test = (test - mean) / sd
    x_train = (train - mean) / sd
    return x_test, x_train


def network_parameters__one_bias_per_stage(side, channels, stages, classes):
    """A stage gets one bias instead of one per filter."""
    total = 0
    for filters, padding, pool in stages:
        total += 9 * channels * filters + 1
        if padding == "valid":
            side -= 2
        side = side // pool
        channels = filters
    return total + side * side * channels * classes + classes


def network_parameters__pools_first(side, channels, stages, classes):
    """It pools first and convolves afterwards."""
    total = 0
    for filters, padding, pool in stages:
        total += (9 * channels + 1) * filters
        side = side // pool
        if padding == "valid":
            side = side - 2
        channels = filters
    return total + (side**2 * channels + 1) * classes


def network_parameters__channels_updated_too_early(side, channels, stages, classes):
    """channels is overwritten before the stage is counted."""
    total = 0
    for filters, padding, pool in stages:
        channels = filters
        total += 3 * 3 * channels * filters + filters
        side = (side - 2 * (padding == "valid")) // pool
    return total + side * side * channels * classes + classes


def network_parameters__kernel_of_three(side, channels, stages, classes):
    """A 3x3 kernel is counted with 3 weights."""
    total = 0
    for filters, padding, pool in stages:
        total += 3 * channels * filters + filters
        side = (side - 2 if padding == "valid" else side) // pool
        channels = filters
    return total + side * side * channels * classes + classes


def network_parameters__returns_in_the_loop(side, channels, stages, classes):
    """The return stands inside the loop: only the first stage is counted."""
    total = 0
    for filters, padding, pool in stages:
        total += 9 * channels * filters + filters
        if padding == "valid":
            side -= 2
        side //= pool
        channels = filters
        return total + side * side * channels * classes + classes


def network_parameters__side_not_squared(side, channels, stages, classes):
    """The last map is counted with side instead of side * side neurons."""
    total = 0
    for filters, padding, pool in stages:
        total += 9 * channels * filters + filters
        side = (side - 2 * (padding == "valid")) // pool
        channels = filters
    return total + side * channels * classes + classes


def network_parameters__same_and_valid_swapped(side, channels, stages, classes):
    """The border is taken off with padding "same" instead of "valid"."""
    total = 0
    for filters, padding, pool in stages:
        total += 9 * channels * filters + filters
        if padding == "same":
            side -= 2
        side //= pool
        channels = filters
    return total + side * side * channels * classes + classes


def network_parameters__not_rounded(side, channels, stages, classes):
    """`/` leaves fractions of a pixel; the side is rounded once, at the very end."""
    count = 0
    for filters, padding, pool in stages:
        count += (3 * 3 * channels + 1) * filters
        if padding == "valid":
            side = side - 2
        side = side / pool
        channels = filters
    return count + int(side * side * channels) * classes + classes


def network_parameters__total_starts_again(side, channels, stages, classes):
    """The total is set to zero in every stage, so only the last one is counted."""
    for filters, padding, pool in stages:
        total = 0
        total += 9 * channels * filters + filters
        side = (side - 2 * (padding == "valid")) // pool
        channels = filters
    total += side * side * channels * classes + classes
    return total


def network_parameters__dense_bias_missing(side, channels, stages, classes):
    """Only the dense layer's biases are missing."""
    total = 0
    for filters, padding, pool in stages:
        total += 9 * channels * filters + filters
        side, channels = (side - 2 * (padding == "valid")) // pool, filters
    return total + side * side * channels * classes


def network_parameters__dictionary_of_stages(side, channels, stages, classes):
    """A stage is read like a dictionary, but it is a tuple."""
    total = 0
    for stage in stages:
        total += 9 * channels * stage["filters"] + stage["filters"]
        if stage["padding"] == "valid":
            side -= 2
        side //= stage["pool"]
        channels = stage["filters"]
    return total + side * side * channels * classes + classes


def confusion_matrix__counts_in_bytes(true, predicted, classes):
    """The counts are bytes and start again at 0 after 255."""
    M = np.zeros((classes, classes), dtype=np.uint8)
    for t, p in zip(true, predicted, strict=True):
        M[t, p] += 1
    return M


def confusion_matrix__first_examples_only(true, predicted, classes):
    """The loop runs over the number of classes instead of the examples."""
    M = np.zeros((classes, classes), int)
    for i in range(classes):
        M[true[i], predicted[i]] += 1
    return M


def confusion_matrix__starts_with_ones(true, predicted, classes):
    """The counts start at 1."""
    M = np.ones((classes, classes), int)
    for t, p in zip(true, predicted, strict=True):
        M[t, p] += 1
    return M


def confusion_matrix__bins_of_a_histogram(true, predicted, classes):
    """The histogram's bins run from the smallest to the largest class that occurs."""
    M, _, _ = np.histogram2d(true, predicted, bins=classes)
    return M.astype(int)


def confusion_matrix__counts_from_one(true, predicted, classes):
    """Classes are taken to count from 1."""
    M = np.zeros((classes, classes), int)
    for i in range(len(true)):
        M[true[i] - 1, predicted[i] - 1] += 1
    return M


def confusion_matrix__one_row_more(true, predicted, classes):
    """The matrix has one row and one column too many."""
    M = np.zeros((classes + 1, classes + 1), int)
    for t, p in zip(true, predicted, strict=True):
        M[t, p] += 1
    return M


def confusion_matrix__only_right_answers(true, predicted, classes):
    """Only right answers are counted."""
    M = np.zeros((classes, classes), int)
    for t, p in zip(true, predicted, strict=True):
        if t == p:
            M[t, p] += 1
    return M


def confusion_matrix__accuracy(true, predicted, classes):
    """One number, the accuracy, is returned."""
    return np.mean(true == predicted)


def confusion_matrix__counted_both_ways(true, predicted, classes):
    """Each pair is counted in its place and in the mirrored one."""
    M = np.zeros((classes, classes), int)
    for t, p in zip(true, predicted, strict=True):
        M[t, p] += 1
        M[p, t] += 1
    return M


def confusion_matrix__bincount_without_length(true, predicted, classes):
    """bincount ends at the largest pair that occurs, and cannot be reshaped."""
    pairs = true.astype(int) * classes + predicted
    return np.bincount(pairs).reshape(classes, classes)


def confusion_matrix__pairs_in_bytes(true, predicted, classes):
    """true * classes is made in the type of true: as bytes it wraps round for many classes."""
    pairs = true * classes + predicted
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def confusion_matrix__either_instead_of_both(true, predicted, classes):
    """Examples are counted where one of the two classes fits, not both."""
    M = np.zeros((classes, classes), int)
    for i in range(classes):
        for j in range(classes):
            M[i, j] = np.sum((true == i) | (predicted == j))
    return M

"""Other correct answers to the exercises of helpers/checks/classifiers.py."""

import math

import numpy as np


def standardise_float32(train, test):
    train, test = train.astype("float32"), test.astype("float32")
    mean, sd = train.mean(), np.sqrt(((train - train.mean()) ** 2).mean())
    return (train - mean) / sd, (test - mean) / sd


def standardise_in_place(train, test):
    train, test = train.astype(float), test.astype(float)
    mean, sd = train.mean(), train.std()
    for images in (train, test):
        images -= mean
        images /= sd
    return [train, test]


def standardise_lists(train, test):
    values = [float(value) for value in train.ravel()]
    mean = sum(values) / len(values)
    sd = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
    return tuple(
        np.array([(float(v) - mean) / sd for v in images.ravel()]).reshape(images.shape)
        for images in (train, test)
    )


def network_parameters_loop(side, channels, stages, classes):
    total = 0
    for filters, padding, pool in stages:
        total += (3 * 3 * channels + 1) * filters
        side = (side if padding == "same" else side - 2) // pool
        channels = filters
    return total + (side * side * channels + 1) * classes


def network_parameters_recursive(side, channels, stages, classes):
    if not stages:
        return np.int64(side * side * channels * classes + classes)
    (filters, padding, pool), *rest = stages
    side = (side - 2 * (padding == "valid")) // pool
    above = network_parameters_recursive(side, filters, rest, classes)
    return above + 9 * channels * filters + filters


def confusion_matrix_loop(true, predicted, classes):
    matrix = [[0] * classes for _ in range(classes)]
    for t, p in zip(true, predicted, strict=True):
        matrix[t][p] += 1
    return matrix


def confusion_matrix_add_at(true, predicted, classes):
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (true, predicted), 1)
    return matrix


def confusion_matrix_one_hot(true, predicted, classes):
    return np.eye(classes)[true].T @ np.eye(classes)[predicted]


def confusion_matrix_bincount(true, predicted, classes):
    places = np.asarray(true, int) * classes + predicted
    return np.bincount(places, minlength=classes**2).reshape(classes, classes)


STYLES: dict = {
    "standardise": [standardise_float32, standardise_in_place, standardise_lists],
    "network_parameters": [network_parameters_loop, network_parameters_recursive],
    "confusion_matrix": [
        confusion_matrix_loop,
        confusion_matrix_add_at,
        confusion_matrix_one_hot,
        confusion_matrix_bincount,
    ],
}

"""Right answers by another way: standardising, parameters, the confusion matrix."""

import math

import numpy as np


def standardise__sums(train, test):
    values = [float(value) for value in train.ravel()]
    mean = sum(values) / len(values)
    sd = math.sqrt(sum(value**2 for value in values) / len(values) - mean**2)
    return (train - mean) / sd, (test - mean) / sd


def standardise__in_place_in_float(train, test):
    train, test = train.astype(float), test.astype(float)
    mean, sd = train.mean(), train.std()
    for images in (train, test):
        images -= mean
        images /= sd
    return [train, test]


def network_parameters__recursive(side, channels, stages, classes):
    if not stages:
        return (side * side * channels + 1) * classes
    (filters, padding, pool), *rest = stages
    side = (side - 2 * (padding == "valid")) // pool
    return (9 * channels + 1) * filters + network_parameters__recursive(
        side, filters, rest, classes
    )


def network_parameters__sizes_of_arrays(side, channels, stages, classes):
    arrays = []
    maps = np.zeros((side, side))
    for filters, padding, pool in stages:
        arrays += [np.zeros((3, 3, channels, filters)), np.zeros(filters)]
        maps = maps[1:-1, 1:-1] if padding == "valid" else maps
        whole = len(maps) - len(maps) % pool
        maps, channels = maps[:whole:pool, :whole:pool], filters
    arrays += [np.zeros((maps.size * channels, classes)), np.zeros(classes)]
    return sum(array.size for array in arrays)


def confusion_matrix__one_hot(true, predicted, classes):
    return np.eye(classes)[true].T @ np.eye(classes)[predicted]


def confusion_matrix__bincount(true, predicted, classes):
    places = np.asarray(true, int) * classes + predicted
    return np.bincount(places, minlength=classes**2).reshape(classes, classes)

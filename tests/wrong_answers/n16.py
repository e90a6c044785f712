"""Wrong answers to the exercises of notebook 16: max pooling, the way back, a blur."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool__starts_at_minus_100(X, size, stride):
    """The running maximum starts at -100; a window can lie below that."""
    rows = (X.shape[0] - size) // stride + 1
    columns = (X.shape[1] - size) // stride + 1
    Y = np.zeros((rows, columns))
    for p in range(rows):
        for q in range(columns):
            best = -100
            for i in range(size):
                for j in range(size):
                    if X[p * stride + i, q * stride + j] > best:
                        best = X[p * stride + i, q * stride + j]
            Y[p, q] = best
    return Y


def max_pool__starts_at_the_first_pixel_of_X(X, size, stride):
    """The running maximum starts at X[0, 0] instead of the window's own first pixel."""
    rows = (X.shape[0] - size) // stride + 1
    columns = (X.shape[1] - size) // stride + 1
    Y = np.zeros((rows, columns))
    for p in range(rows):
        for q in range(columns):
            largest = X[0, 0]
            for i in range(size):
                for j in range(size):
                    largest = max(largest, X[p * stride + i, q * stride + j])
            Y[p, q] = largest
    return Y


def max_pool__smallest(X, size, stride):
    """The smallest value is taken."""
    return sliding_window_view(X, (size, size))[::stride, ::stride].min(axis=(2, 3))


def max_pool__whole_numbers(X, size, stride):
    """The output is an array of integers, which cuts fractions."""
    rows, columns = [(n - size) // stride + 1 for n in X.shape]
    Y = np.zeros((rows, columns), dtype=np.int64)
    for p in range(rows):
        for q in range(columns):
            Y[p, q] = X[p * stride : p * stride + size, q * stride : q * stride + size].max()
    return Y


def max_pool__window_as_wide_as_the_stride(X, size, stride):
    """The window ends where the next begins: it is as wide as the stride."""
    rows, columns = [(n - size) // stride + 1 for n in X.shape]
    Y = np.zeros((rows, columns))
    for p in range(rows):
        for q in range(columns):
            Y[p, q] = X[p * stride : (p + 1) * stride, q * stride : (q + 1) * stride].max()
    return Y


def max_pool__start_without_stride(X, size, stride):
    """The number of windows is right, but they start at p, q instead of p * stride, q * stride."""
    rows, columns = [(n - size) // stride + 1 for n in X.shape]
    Y = np.zeros((rows, columns))
    for p in range(rows):
        for q in range(columns):
            Y[p, q] = np.max(X[p : p + size, q : q + size])
    return Y


def max_pool__maximum_along_an_axis(X, size, stride):
    """The maximum is taken along one axis, so a row of numbers is put into one place."""
    rows, columns = [(n - size) // stride + 1 for n in X.shape]
    Y = np.zeros((rows, columns))
    for p in range(rows):
        for q in range(columns):
            window = X[p * stride : p * stride + size, q * stride : q * stride + size]
            Y[p, q] = window.max(axis=0)
    return Y


def max_pool__step_in_the_index(X, size, stride):
    """The loop goes in steps of the stride, and its index is used for the output too."""
    h, w = X.shape
    Y = np.zeros(((h - size) // stride + 1, (w - size) // stride + 1))
    for p in range(0, h - size + 1, stride):
        for q in range(0, w - size + 1, stride):
            Y[p, q] = X[p : p + size, q : q + size].max()
    return Y


def max_pool__maximum_never_reset(X, size, stride):
    """The running maximum is not reset from one window to the next."""
    rows, columns = [(n - size) // stride + 1 for n in X.shape]
    Y = np.zeros((rows, columns))
    best = -np.inf
    for p in range(rows):
        for q in range(columns):
            for i in range(size):
                for j in range(size):
                    best = max(best, X[p * stride + i, q * stride + j])
            Y[p, q] = best
    return Y


def max_pool__only_the_diagonal(X, size, stride):
    """One index runs for rows and columns, so only the diagonal of each window is looked at."""
    rows, columns = [(n - size) // stride + 1 for n in X.shape]
    Y = np.full((rows, columns), -np.inf)
    for p in range(rows):
        for q in range(columns):
            for i in range(size):
                Y[p, q] = max(Y[p, q], X[p * stride + i, q * stride + i])
    return Y


def max_pool__too_few_windows(X, size, stride):
    """The + 1 is missing in the number of windows."""
    rows, columns = [(n - size) // stride for n in X.shape]
    Y = np.zeros((rows, columns))
    for p in range(rows):
        for q in range(columns):
            Y[p, q] = X[p * stride : p * stride + size, q * stride : q * stride + size].max()
    return Y


def max_pool__place_of_the_largest(X, size, stride):
    """argmax in place of max."""
    windows = sliding_window_view(X, (size, size))[::stride, ::stride]
    return windows.reshape(*windows.shape[:2], -1).argmax(axis=2)


def max_pool__window_one_short(X, size, stride):
    """The slice of a window ends one number too early."""
    rows, columns = [(n - size) // stride + 1 for n in X.shape]
    Y = np.zeros((rows, columns))
    for p, q in np.ndindex(rows, columns):
        i, j = p * stride, q * stride
        Y[p, q] = X[i : i + size - 1, j : j + size - 1].max()
    return Y


def max_pool_backward__starts_at_zero(X, dY, size):
    """The search for the winner starts at 0, so a window of negative numbers has none."""
    dX = np.zeros(X.shape)
    for p in range(dY.shape[0]):
        for q in range(dY.shape[1]):
            best, a, b = 0, p * size, q * size
            for i in range(p * size, (p + 1) * size):
                for j in range(q * size, (q + 1) * size):
                    if X[i, j] > best:
                        best, a, b = X[i, j], i, j
            dX[a, b] = dY[p, q]
    return dX


def max_pool_backward__starts_at_the_first_pixel_of_X(X, dY, size):
    """The search for the winner starts with X[0, 0] instead of the window's own first pixel."""
    dX = np.zeros(X.shape)
    for p in range(dY.shape[0]):
        for q in range(dY.shape[1]):
            best, where = X[0, 0], (p * size, q * size)
            for i in range(p * size, (p + 1) * size):
                for j in range(q * size, (q + 1) * size):
                    if X[i, j] > best:
                        best, where = X[i, j], (i, j)
            dX[where] = dY[p, q]
    return dX


def max_pool_backward__place_inside_the_window(X, dY, size):
    """The winner's place inside the window is used as its place in X."""
    dX = np.zeros(X.shape)
    for p in range(dY.shape[0]):
        for q in range(dY.shape[1]):
            window = X[p * size : (p + 1) * size, q * size : (q + 1) * size]
            i, j = np.unravel_index(np.argmax(window), window.shape)
            dX[i, j] = dY[p, q]
    return dX


def max_pool_backward__unravelled_by_X(X, dY, size):
    """The index in the window is unravelled with the shape of X."""
    dX = np.zeros(X.shape)
    for p, q in np.ndindex(dY.shape):
        window = X[p * size : (p + 1) * size, q * size : (q + 1) * size]
        i, j = np.unravel_index(window.argmax(), X.shape)
        dX[p * size + i, q * size + j] = dY[p, q]
    return dX


def max_pool_backward__global_maximum(X, dY, size):
    """Values are compared with the largest of the whole image, not of the window."""
    dX = np.zeros(X.shape)
    for p, q in np.ndindex(dY.shape):
        w = X[p * size : (p + 1) * size, q * size : (q + 1) * size]
        dX[p * size : (p + 1) * size, q * size : (q + 1) * size] = (w == X.max()) * dY[p, q]
    return dX


def max_pool_backward__starts_from_a_copy_of_X(X, dY, size):
    """dX starts as a copy of X, so the losers keep their values."""
    dX = X.copy().astype(float)
    for p, q in np.ndindex(dY.shape):
        w = X[p * size : (p + 1) * size, q * size : (q + 1) * size]
        i, j = np.unravel_index(w.argmax(), w.shape)
        dX[p * size + i, q * size + j] = dY[p, q]
    return dX


def max_pool_backward__index_of_dY_swapped(X, dY, size):
    """dY is read at [q, p]."""
    dX = np.zeros(X.shape)
    for p, q in np.ndindex(dY.shape):
        w = X[p * size : (p + 1) * size, q * size : (q + 1) * size]
        i, j = np.unravel_index(w.argmax(), w.shape)
        dX[p * size + i, q * size + j] = dY[q, p]
    return dX


def max_pool_backward__smallest(X, dY, size):
    """The smallest value gets the gradient."""
    dX = np.zeros(X.shape)
    for p, q in np.ndindex(dY.shape):
        w = X[p * size : (p + 1) * size, q * size : (q + 1) * size]
        dX[p * size : (p + 1) * size, q * size : (q + 1) * size] = (w == w.min()) * dY[p, q]
    return dX


def max_pool_backward__last_window_missing(X, dY, size):
    """The loops leave out the last row and column of windows."""
    dX = np.zeros(X.shape)
    for p in range(dY.shape[0] - 1):
        for q in range(dY.shape[1] - 1):
            w = X[p * size : (p + 1) * size, q * size : (q + 1) * size]
            i, j = np.unravel_index(w.argmax(), w.shape)
            dX[p * size + i, q * size + j] = dY[p, q]
    return dX


def max_pool_backward__windows_one_apart(X, dY, size):
    """The windows are taken one pixel apart instead of `size`."""
    dX = np.zeros(X.shape)
    for p, q in np.ndindex(dY.shape):
        w = X[p : p + size, q : q + size]
        i, j = np.unravel_index(w.argmax(), w.shape)
        dX[p + i, q + j] += dY[p, q]
    return dX


def max_pool_backward__shape_of_dY(X, dY, size):
    """dX is made with the shape of dY."""
    dX = np.zeros_like(dY)
    for p, q in np.ndindex(dY.shape):
        w = X[p * size : (p + 1) * size, q * size : (q + 1) * size]
        i, j = np.unravel_index(w.argmax(), w.shape)
        dX[p * size + i, q * size + j] = dY[p, q]
    return dX


def max_pool_backward__by_value_in_the_whole_image(X, dY, size):
    """The winner is found by its value: equal numbers in other windows get the gradient too."""
    dX = np.zeros(X.shape)
    for p, q in np.ndindex(dY.shape):
        largest = X[p * size : (p + 1) * size, q * size : (q + 1) * size].max()
        dX[X == largest] = dY[p, q]
    return dX


def max_pool_backward__rows_of_two(X, dY, size):
    """The place in the window is taken apart as if its rows were 2 long."""
    dX = np.zeros(X.shape)
    for p, q in np.ndindex(dY.shape):
        k = X[p * size : (p + 1) * size, q * size : (q + 1) * size].argmax()
        dX[p * size + k // 2, q * size + k % 2] = dY[p, q]
    return dX


def max_pool_backward__positive_winners_only(X, dY, size):
    """A winner that is not positive gets nothing."""
    dX = np.zeros(X.shape)
    for p, q in np.ndindex(dY.shape):
        w = X[p * size : (p + 1) * size, q * size : (q + 1) * size]
        i, j = np.unravel_index(w.argmax(), w.shape)
        if w[i, j] > 0:
            dX[p * size + i, q * size + j] = dY[p, q]
    return dX


def blur_kernel__one_number():
    """A kernel of one number blurs nothing."""
    return np.ones((1, 1))


def blur_kernel__mean_of_four():
    """Average pooling: a line jumps from cell to cell."""
    return np.full((2, 2), 1 / 4)


def blur_kernel__mean_of_nine():
    """The middle column has a third of the weight, so fine stripes flicker."""
    return np.full((3, 3), 1 / 9)


def blur_kernel__not_divided():
    """The weights add up to 16."""
    return np.outer([1, 2, 1], [1, 2, 1])


def blur_kernel__divided_once():
    """The weights of a row add up to 1, those of the square to 4."""
    return np.outer([1, 2, 1], [1, 2, 1]) / 4


def blur_kernel__one_row():
    """A row blurs in one direction only, and is no square."""
    return np.array([1, 2, 1]) / 4


def blur_kernel__only_across():
    """Blurs along the rows; between the rows nothing."""
    K = np.zeros((3, 3))
    K[1] = np.array([1, 2, 1]) / 4
    return K


def blur_kernel__only_down():
    """Blurs along the columns; between the columns nothing."""
    K = np.zeros((3, 3))
    K[:, 1] = np.array([1, 2, 1]) / 4
    return K


def blur_kernel__every_second_pixel():
    """A stride alone: the line is there, then it is not."""
    K = np.zeros((3, 3))
    K[1, 1] = 1
    return K


def blur_kernel__mean_of_sixteen():
    """Fine stripes vanish; a line still jumps."""
    return np.full((4, 4), 1 / 16)


def blur_kernel__too_broad():
    """Meets all goals but the last: little is left of a wave."""
    row = np.array([1, 2, 2, 2, 1]) / 8
    return np.outer(row, row)


def blur_kernel__larger_than_five():
    """Seven numbers a side."""
    row = np.array([1, 6, 15, 20, 15, 6, 1]) / 64
    return np.outer(row, row)

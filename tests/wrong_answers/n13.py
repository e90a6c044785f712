"""Wrong answers to the exercises of notebook 13: brighter, window, feature, shuffle."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def brighten__bytes_without_clipping(picture, amount):
    """The sum is right but is turned back into bytes without a clip."""
    result = picture.astype(int) + amount
    return result.astype(np.uint8)


def brighten__clips_to_one(picture, amount):
    """The bounds are 0 and 1 instead of 0 and 255."""
    return np.clip(picture.astype(float) + amount, 0, 1)


def brighten__upper_bound_256(picture, amount):
    """The upper bound is 256."""
    return np.clip(picture.astype(int) + amount, 0, 256)


def brighten__signed_bytes(picture, amount):
    """The picture is turned into int8, which ends at 127."""
    return np.clip(picture.astype(np.int8).astype(int) + amount, 0, 255)


def brighten__asks_the_whole_array(picture, amount):
    """`if` is asked of a whole array."""
    result = picture.astype(int) + amount
    if result > 255:
        result = 255
    if result < 0:
        result = 0
    return result


def brighten__grey_pictures_only(picture, amount):
    """Only pictures with two axes are handled: a colour picture has three."""
    rows, columns = picture.shape
    out = np.zeros((rows, columns), np.uint8)
    for r in range(rows):
        for c in range(columns):
            out[r, c] = min(255, max(0, int(picture[r, c]) + amount))
    return out


def brighten__over_the_top_is_black(picture, amount):
    """What is above 255 is set to 0."""
    s = picture.astype(int) + amount
    s[s > 255] = 0
    s[s < 0] = 0
    return s.astype(np.uint8)


def brighten__both_ends_swapped(picture, amount):
    """What is above 255 is set to 0, what is below 0 to 255."""
    s = picture.astype(int) + amount
    return np.select([s > 255, s < 0], [0, 255], s).astype(np.uint8)


def brighten__two_axes(picture, amount):
    """Loops over two axes: the pixel of a colour picture is three numbers."""
    out = picture.copy()
    for r in range(picture.shape[0]):
        for c in range(picture.shape[1]):
            out[r, c] = max(0, min(255, int(picture[r, c]) + amount))
    return out


def brighten__subtracts(picture, amount):
    """The amount is subtracted."""
    return np.clip(picture.astype(int) - amount, 0, 255).astype(np.uint8)


def brighten__leaves_pixels_that_would_overflow(picture, amount):
    """Pixels that would leave the range are left as they were instead of set to the bound."""
    s = picture.astype(int) + amount
    return np.where((s >= 0) & (s <= 255), s, picture)


def brighten__uint8_in_the_loop(picture, amount):
    """The sum of each pixel is made in uint8, so it wraps round before min and max see it."""
    out = picture.copy()
    for index in np.ndindex(picture.shape):
        out[index] = max(0, min(255, picture[index] + np.uint8(amount % 256)))
    return out


def brighten__stretches_to_the_range(picture, amount):
    """The result is stretched to 0 … 255 instead of being clipped."""
    s = picture.astype(float) + amount
    s = (s - s.min()) / (s.max() - s.min()) * 255
    return s.astype(np.uint8)


def brightest_window__sums_in_bytes(picture, size):
    """The sum is made in the type of the pixels: in uint8 it wraps round."""
    best, where = -1, (0, 0)
    for r in range(picture.shape[0] - size + 1):
        for c in range(picture.shape[1] - size + 1):
            total = 0
            for i in range(size):
                for j in range(size):
                    total = total + picture[r + i, c + j]
            if total > best:
                best, where = total, (r, c)
    return where


def brightest_window__best_starts_at_zero(picture, size):
    """The best mean starts at 0, so in a black picture no window is ever found."""
    best = 0
    place = None
    rows, columns = picture.shape
    for r in range(rows - size + 1):
        for c in range(columns - size + 1):
            m = picture[r : r + size, c : c + size].mean()
            if m > best:
                best = m
                place = (r, c)
    return place


def brightest_window__windows_over_the_edge(picture, size):
    """Windows that hang over the edge are counted, with fewer pixels in their mean."""
    best, place = -np.inf, None
    for r in range(picture.shape[0]):
        for c in range(picture.shape[1]):
            m = np.mean(picture[r : r + size, c : c + size])
            if m > best:
                best, place = m, (r, c)
    return place


def brightest_window__window_too_large(picture, size):
    """The window is one pixel too large."""
    best = -1
    for r in range(picture.shape[0] - size + 1):
        for c in range(picture.shape[1] - size + 1):
            m = picture[r : r + size + 1, c : c + size + 1].mean()
            if m > best:
                best = m
                row, column = r, c
    return row, column


def brightest_window__lower_right_corner(picture, size):
    """The lower right corner is returned."""
    means = sliding_window_view(picture, (size, size)).mean(axis=(2, 3))
    r, c = np.unravel_index(np.argmax(means), means.shape)
    return r + size - 1, c + size - 1


def brightest_window__flat_index(picture, size):
    """argmax gives one index into the flattened array; it is not turned into row and column."""
    means = sliding_window_view(picture, (size, size)).mean(axis=(2, 3))
    return means.argmax()


def brightest_window__width_of_the_picture(picture, size):
    """The flat index is divided by the picture's width, not by that of the array of means."""
    means = sliding_window_view(picture, (size, size)).mean(axis=(2, 3))
    k = int(means.argmax())
    return k // picture.shape[1], k % picture.shape[1]


def brightest_window__largest_pixel_of_a_window(picture, size):
    """Windows are compared by their largest pixel instead of their mean."""
    m = sliding_window_view(picture, (size, size)).max(axis=(2, 3))
    r, c = np.unravel_index(m.argmax(), m.shape)
    return int(r), int(c)


def brightest_window__rows_and_columns_apart(picture, size):
    """The best row and the best column are looked for separately."""
    windows = sliding_window_view(picture, (size, size)).mean(axis=(2, 3))
    row = windows.sum(axis=1).argmax()
    column = windows.sum(axis=0).argmax()
    return int(row), int(column)


def brightest_window__early_return(picture, size):
    """`return` stands inside the loop, so the first window is the answer."""
    best = -1
    for r in range(picture.shape[0] - size + 1):
        for c in range(picture.shape[1] - size + 1):
            m = picture[r : r + size, c : c + size].mean()
            if m > best:
                best, place = m, (r, c)
            return place


def brightest_window__whole_means(picture, size):
    """Means are cut to whole numbers, so close windows count as equal."""
    best, place = -1, (0, 0)
    for r in range(len(picture) - size + 1):
        for c in range(len(picture[0]) - size + 1):
            m = int(picture[r : r + size, c : c + size].mean())
            if m > best:
                best, place = m, (r, c)
    return place


def trouser_weights__all_ones():
    """The mean brightness: dresses are brighter."""
    return np.ones((28, 28))


def trouser_weights__the_baseline():
    """The mean darkness is the baseline itself."""
    return -np.ones((28, 28))


def trouser_weights__sign_not_turned():
    """The place is right, but the sum is larger for dresses."""
    W = np.zeros((28, 28))
    W[14:, 13:15] = 1
    return W


def trouser_weights__rows_and_columns_swapped():
    """The middle rows are taken, not the middle columns."""
    W = np.zeros((28, 28))
    W[13:15, 14:] = -1
    return W


def trouser_weights__gap_too_wide():
    """Four columns reach into the legs."""
    W = np.zeros((28, 28))
    W[14:, 12:16] = -1
    return W


def trouser_weights__one_column():
    """The gap is not always in the same column."""
    W = np.zeros((28, 28))
    W[14:, 13] = -1
    return W


def trouser_weights__a_single_pixel():
    """One pixel in the gap, the best of the 784, which is the baseline."""
    W = np.zeros((28, 28))
    W[22, 14] = -1
    return W


def trouser_weights__the_gap_only():
    """The gap without anything to compare it with: a dark dress is dark there as well."""
    W = np.zeros((28, 28))
    W[16:, 13:15] = -1
    return W


def trouser_weights__the_gap_against_the_legs():
    """The legs are compared with: less is won than by the cloth above the gap."""
    row = [0] * 10 + [0.2] * 2 + [0] + [-1] * 2 + [0] + [0.2] * 2 + [0] * 10
    return [[0] * 28] * 12 + [row] * 16


def trouser_weights__all_zero():
    """Each pair is a draw."""
    return np.zeros((28, 28))


def trouser_weights__flat():
    """A row of 784."""
    W = np.zeros((28, 28))
    W[14:, 13:15] = -1
    return W.reshape(784)


def trouser_weights__infinite():
    """An infinite weight times black is not a number."""
    W = np.zeros((28, 28))
    W[14:, 13:15] = -np.inf
    return W


def trouser_weights__prints():
    """It prints the weights."""
    print(np.zeros((28, 28)))


def weights_for_shuffled__in_place(W, order):
    """W is overwritten while it is still read."""
    for i in range(len(order)):
        W[i] = W[order[i]]
    return W


def weights_for_shuffled__shuffled_twice(W, order):
    """The order is applied twice."""
    return W[order][order]


def weights_for_shuffled__take_without_axis(W, order):
    """np.take without an axis takes single numbers from the flattened W."""
    return np.take(W, order)


def weights_for_shuffled__permutation_at_the_right(W, order):
    """The permutation matrix stands on the wrong side of W."""
    P = np.eye(len(order))[order]
    return W @ P


def weights_for_shuffled__transposed(W, order):
    """The result is transposed."""
    return W[order].T


def weights_for_shuffled__counts_from_one(W, order):
    """The order is taken to count from 1."""
    return np.array([W[i - 1] for i in order])


def weights_for_shuffled__needs_x(W, order):
    """It uses x, which is not an argument."""
    y = x @ W
    return np.linalg.lstsq(x[order], y)[0]


def weights_for_shuffled__sorts(W, order):
    """The rows are sorted by value, which has nothing to do with the order."""
    return np.sort(W, axis=0)


def weights_for_shuffled__every_column_by_itself(W, order):
    """Each entry is taken from its own column by position: row index and order are mixed up."""
    new = np.zeros_like(W)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            new[i, j] = W[order[j], j]
    return new

"""Wrong answers to the exercises of notebook 01: parameters, padding, masked mean."""

import numpy as np


def count_parameters__bias_per_step(length, inputs, hidden):
    """The separate model gets one bias per step instead of one per hidden unit."""
    a = length * inputs * hidden + length
    b = inputs * hidden + hidden * hidden + hidden
    return a, b


def count_parameters__one_bias_only(length, inputs, hidden):
    """The bias is counted as a single number instead of one per hidden unit."""
    return length * inputs * hidden + 1, inputs * hidden + hidden**2 + 1


def count_parameters__returns_the_sum(length, inputs, hidden):
    """The two counts are added up into one number."""
    separate = length * inputs * hidden + hidden
    shared = inputs * hidden + hidden * hidden + hidden
    return separate + shared


def count_parameters__output_layer_added(length, inputs, hidden):
    """An output layer (hidden weights and one bias) is counted that the task does not have."""
    separate = length * inputs * hidden + hidden + hidden + 1
    shared = inputs * hidden + hidden * hidden + hidden + hidden + 1
    return separate, shared


def count_parameters__two_biases(length, inputs, hidden):
    """The shared model gets a second bias for the recurrent product."""
    W_x = inputs * hidden
    W_h = hidden * hidden
    b_x = hidden
    b_h = hidden
    return length * W_x + b_x, W_x + b_x + W_h + b_h


def count_parameters__recurrence_in_both(length, inputs, hidden):
    """The separate model gets a recurrent matrix too."""
    separate = length * inputs * hidden + hidden * hidden + hidden
    shared = inputs * hidden + hidden * hidden + hidden
    return separate, shared


def count_parameters__square_of_inputs(length, inputs, hidden):
    """The recurrent matrix is counted as inputs x inputs instead of hidden x hidden."""
    return (length * inputs + 1) * hidden, inputs * hidden + inputs * inputs + hidden


def count_parameters__twice_hidden(length, inputs, hidden):
    """hidden * 2 is written where hidden ** 2 is meant."""
    return [length * inputs * hidden + hidden, inputs * hidden + hidden * 2 + hidden]


def pad__minus_one(sequences, length):
    """Short sequences are filled up with -1 instead of 0."""
    out = np.full((len(sequences), length), -1)
    for i, s in enumerate(sequences):
        s = s[:length]
        out[i, : len(s)] = s
    return out


def pad__cuts_one_too_many(sequences, length):
    """Sequences are cut to length - 1."""
    result = np.zeros((len(sequences), length))
    for i in range(len(sequences)):
        for j in range(min(len(sequences[i]), length - 1)):
            result[i, j] = sequences[i][j]
    return result


def pad__appends_one_zero(sequences, length):
    """Only one zero is appended: `if` where `while` is needed."""
    rows = []
    for s in sequences:
        row = list(s)[:length]
        if len(row) < length:
            row.append(0)
        rows.append(row)
    return np.array(rows)


def pad__leaves_long_ones_out(sequences, length):
    """Sequences that are too long are left out instead of cut."""
    rows = []
    for s in sequences:
        if len(s) <= length:
            rows.append(list(s) + [0] * (length - len(s)))
    return np.array(rows)


def pad__rows_are_one_list(sequences, length):
    """All rows are the same list, named several times."""
    out = [[0] * length] * len(sequences)
    for i, s in enumerate(sequences):
        for j in range(min(length, len(s))):
            out[i][j] = s[j]
    return np.array(out)


def pad__repeats_the_sequence(sequences, length):
    """np.resize repeats the sequence from its beginning instead of adding zeros."""
    return np.array([np.resize(s, length) for s in sequences])


def pad__whole_row_assigned(sequences, length):
    """A whole row is assigned from a sequence of another length."""
    out = np.zeros((len(sequences), length))
    for i, s in enumerate(sequences):
        out[i] = s
    return out


def pad__one_zero_too_many(sequences, length):
    """One zero too many is added to short sequences."""
    out = []
    for s in sequences:
        s = s[:length]
        out.append(s + [0] * (length - len(s) + 1))
    return out


def pad__steps_first(sequences, length):
    """The result is transposed: (length, n)."""
    out = np.zeros((length, len(sequences)))
    for i, s in enumerate(sequences):
        for t, number in enumerate(s[:length]):
            out[t, i] = number
    return out


def masked_mean__stops_at_the_first_false(h, mask):
    """It takes the mask for a number of leading steps: a gap in the middle is not handled."""
    out = []
    for i in range(len(h)):
        n = int(mask[i].sum())
        out.append(h[i, :n].mean(axis=0))
    return np.array(out)


def masked_mean__zeros_do_not_count(h, mask):
    """It counts the numbers that are not zero, so a state that is zero itself does not count."""
    masked = h * mask[:, :, None]
    return masked.sum(axis=1) / np.count_nonzero(masked, axis=1)


def masked_mean__over_the_features(h, mask):
    """The sum runs over the features (the last axis) instead of the steps."""
    m = mask[:, :, None]
    return (h * m).sum(axis=2) / m.sum(axis=2)


def masked_mean__last_valid_step(h, mask):
    """The last valid state is returned instead of the mean."""
    last = mask.sum(axis=1) - 1
    return h[np.arange(len(h)), last]


def masked_mean__nan_for_padding(h, mask):
    """Padded steps are set to NaN and an ordinary mean is taken (nanmean is meant)."""
    h = h.copy()
    h[~mask] = np.nan
    return np.mean(h, axis=1)


def masked_mean__first_mask_for_all(h, mask):
    """The mask of the first sequence is used for all sequences."""
    m = mask[0]
    return h[:, m].mean(axis=1)


def masked_mean__count_not_reset(h, mask):
    """The count of valid steps goes on from one sequence to the next."""
    n, T, d = h.shape
    out = np.zeros((n, d))
    count = 0
    for i in range(n):
        total = np.zeros(d)
        for t in range(T):
            if mask[i, t]:
                total += h[i, t]
                count += 1
        out[i] = total / count
    return out


def masked_mean__average_with_weights(h, mask):
    """np.average gets weights of shape (n, T) for an array (n, T, d)."""
    return np.average(h, axis=1, weights=mask)


def masked_mean__one_number_per_sequence(h, mask):
    """The features are averaged too, so one number per sequence comes back."""
    return np.array([h[i][mask[i]].mean() for i in range(len(h))])


def masked_mean__divisor_without_axis(h, mask):
    """The counts (n,) are not given a second axis before the sums (n, d) are divided."""
    sums = np.einsum("nt,ntd->nd", mask, h)
    return sums / mask.sum(axis=1)

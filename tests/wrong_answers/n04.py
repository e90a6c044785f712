"""Wrong answers to the exercises of notebook 04: clipping, shares of lags, an adder of ReLUs."""

import numpy as np


def clip_by_global_norm__max_instead_of_min(gradients, limit):
    """max(1, …) is written where min(1, …) is meant: long gradients are left, short ones grow."""
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    return [g * max(1, limit / norm) for g in gradients]


def clip_by_global_norm__sum_of_norms(gradients, limit):
    """The norms of the arrays are added up; their squares should be."""
    total = sum(np.linalg.norm(g) for g in gradients)
    if total > limit:
        return [g * limit / total for g in gradients]
    return gradients


def clip_by_global_norm__norm_of_the_list(gradients, limit):
    """np.linalg.norm is given the list of arrays of different shapes."""
    norm = np.linalg.norm(gradients)
    if norm > limit:
        gradients = [g * limit / norm for g in gradients]
    return gradients


def clip_by_global_norm__times_the_limit(gradients, limit):
    """The arrays are multiplied by the limit; the division by the norm is missing."""
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > limit:
        return [limit * g for g in gradients]
    else:
        return gradients


def clip_by_global_norm__return_in_the_loop(gradients, limit):
    """The return stands inside the loop: only the first array comes back."""
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    for g in gradients:
        return g * min(1, limit / norm)


def clip_by_global_norm__square_of_the_sum(gradients, limit):
    """The sum is squared instead of the entries."""
    total = 0
    for g in gradients:
        total += np.sum(g) ** 2
    norm = np.sqrt(total)
    if norm <= limit:
        return gradients
    return [g / norm * limit for g in gradients]


def clip_by_global_norm__nothing_when_short(gradients, limit):
    """Where nothing has to be clipped, nothing is returned."""
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    if norm > limit:
        return [g * limit / norm for g in gradients]


def clip_by_global_norm__whole_division(gradients, limit):
    """`//` cuts the factor down to zero."""
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients))
    factor = min(1, limit // norm)
    return [g * factor for g in gradients]


def clip_by_global_norm__unit_length(gradients, limit):
    """A long gradient is scaled to length 1 instead of to the limit."""
    norm = np.linalg.norm(np.concatenate([g.ravel() for g in gradients]))
    if norm > limit:
        return [g / norm for g in gradients]
    return gradients


def clip_by_global_norm__norm_of_the_first(gradients, limit):
    """Only the first array is measured."""
    norm = np.sqrt(np.sum(np.square(gradients[0])))
    scale = limit / norm if norm > limit else 1
    return [scale * g for g in gradients]


def clip_by_global_norm__largest_number(gradients, limit):
    """The largest absolute value is taken for the norm."""
    largest = np.abs(np.concatenate([g.ravel() for g in gradients])).max()
    scale = limit / largest if largest > limit else 1
    return [scale * g for g in gradients]


def clip_by_global_norm__norm_of_the_last(gradients, limit):
    """The norm is overwritten in the loop, so only the last array's counts."""
    for g in gradients:
        norm = np.sqrt(np.sum(g**2))
    factor = min(1.0, limit / norm)
    return [g * factor for g in gradients]


def clip_by_global_norm__the_longest_array(gradients, limit):
    """The largest of the arrays' norms decides."""
    norm = np.max([np.linalg.norm(g) for g in gradients])
    return [g * limit / max(norm, limit) for g in gradients]


def clip_by_global_norm__root_mean_square(gradients, limit):
    """The mean of the squares stands where their sum should."""
    flat = np.concatenate([g.ravel() for g in gradients])
    norm = np.sqrt(np.mean(flat**2))
    return [g * min(1, limit / norm) for g in gradients]


def lag_shares__of_the_gradients_of_a(H, dA):
    """The state before plays no part."""
    lengths = np.linalg.norm(dA, axis=(1, 2))[::-1]
    return lengths / lengths.sum()


def lag_shares__the_first_state_left_out(H, dA):
    """zip pairs h_1 with the gradient at a_1."""
    lengths = [np.linalg.norm(h.T @ da) for h, da in zip(H[1:], dA, strict=True)]
    by_lag = np.array(lengths[::-1])
    return by_lag / by_lag.sum()


def lag_shares__by_step(H, dA):
    """The order is that of the steps, not of the lags."""
    lengths = np.array([np.linalg.norm(H[t].T @ dA[t]) for t in range(len(dA))])
    return lengths / lengths.sum()


def lag_shares__the_whole_gradient(H, dA):
    """The sum over steps is the gradient itself, not its parts."""
    return sum(H[t].T @ dA[t] for t in range(len(dA)))


def lag_shares__percent(H, dA):
    """A share in percent."""
    lengths = np.array([np.linalg.norm(H[t].T @ dA[t]) for t in range(len(dA))])[::-1]
    return 100 * lengths / lengths.sum()


def lag_shares__of_the_whole_length(H, dA):
    """Divided by the length of the sum, which is shorter than the sum of the lengths."""
    parts = np.array([H[t].T @ dA[t] for t in range(len(dA))])
    return np.linalg.norm(parts, axis=(1, 2))[::-1] / np.linalg.norm(parts.sum(axis=0))


def lag_shares__batch_averaged_first(H, dA):
    """The means of states and gradients over the batch meet, not those of each sequence."""
    h = H[:-1].mean(axis=1)
    da = dA.mean(axis=1)
    lengths = np.linalg.norm(h, axis=1) * np.linalg.norm(da, axis=1)
    return lengths[::-1] / lengths.sum()


def lag_shares__columns_added_up(H, dA):
    """The norms of the columns are added up."""
    lengths = [np.linalg.norm(h.T @ da, axis=0).sum() for h, da in zip(H[:-1], dA, strict=True)]
    return np.array(lengths[::-1]) / np.sum(lengths)


def lag_shares__running_sum(H, dA):
    """The parts are added up on the way."""
    part = 0
    lengths = []
    for t in range(len(dA) - 1, -1, -1):
        part = part + H[t].T @ dA[t]
        lengths.append(np.linalg.norm(part))
    return np.array(lengths) / np.sum(lengths)


def relu_adder__forgets_slowly():
    """A memory of 0.99 forgets within a thousand steps."""
    return [[1, 0], [1, 0]], [[0, 1], [0, 0.99]], [-1, 0], [[1], [1]]


def relu_adder__no_gate():
    """Without a bias every value is added."""
    return [[1, 0], [1, 0]], [[0, 1], [0, 1]], [0, 0], [[1], [1]]


def relu_adder__transposed():
    """W_hh in the orientation of columns."""
    return [[1, 0], [1, 0]], [[0, 0], [1, 1]], [-1, 0], [[1], [1]]


def relu_adder__the_last_step_is_lost():
    """The memory alone is read, a step too early."""
    return [[1, 0], [1, 0]], [[0, 1], [0, 1]], [-1, 0], [[0], [1]]


def relu_adder__identity():
    """Both units keep themselves: the gate is never empty again."""
    return [[1, 0], [1, 0]], np.eye(2), [-1, 0], [[1], [1]]


def relu_adder__grows():
    """A memory of 1.01 explodes."""
    return [[1, 0], [1, 0]], [[0, 1], [0, 1.01]], [-1, 0], [[1], [1]]


def relu_adder__one_unit_does_both():
    """One unit is gate and memory: its bias takes 1 at every step without a mark."""
    return [[1, 0], [1, 0]], [[1, 0], [0, 0]], [-1, 0], [[1], [0]]

"""Wrong answers to the exercises of notebook 04: reach, norms of gradients, clipping."""

import math

import numpy as np


def reach__rounds_to_nearest(rate, floor):
    """round() goes to the nearest whole number instead of down."""
    return round(math.log(floor) / math.log(rate))


def reach__one_less(rate, floor):
    """One is subtracted although rounding down is enough."""
    return int(np.log(floor) / np.log(rate)) - 1


def reach__strictly_more(rate, floor):
    """Strictly more than floor is asked for, so k is one too small where rate**k == floor."""
    k = 0
    while rate ** (k + 1) > floor:
        k += 1
    return k


def reach__two_logarithms(rate, floor):
    """Logarithms of two bases are mixed."""
    return int(np.log10(floor) // np.log(rate))


def reach__plain_division(rate, floor):
    """floor is divided by rate: no logarithm at all."""
    return int(floor // rate)


def reach__difference_of_logs(rate, floor):
    """The logarithms are subtracted instead of divided."""
    return int(np.floor(np.log(floor) - np.log(rate)))


def reach__the_part_that_is_left(rate, floor):
    """The part that is left is returned instead of the number of steps."""
    left = 1
    while left * rate >= floor:
        left = left * rate
    return left


def reach__looks_at_a_hundred_steps(rate, floor):
    """Only the first hundred steps are looked at; after that nothing is returned."""
    for k in range(100):
        if rate ** (k + 1) < floor:
            return k


def reach__log_not_imported(rate, floor):
    """log is used without its module."""
    k = log(floor) / log(rate)
    return int(k)


def gradient_norms__last_norm_missing(H, W_hh, g_T):
    """The norm at the last step, that of g_T itself, is missing."""
    norms = []
    g = g_T
    for t in range(len(H) - 1, 0, -1):
        g = W_hh @ ((1 - H[t] ** 2) * g)
        norms.append(np.linalg.norm(g))
    return np.array(norms[::-1])


def gradient_norms__the_gradients_themselves(H, W_hh, g_T):
    """The gradients are returned, not their norms."""
    G = [g_T]
    for h_t in H[:0:-1]:
        G.append(W_hh @ ((1 - h_t**2) * G[-1]))
    return np.array(G[::-1])


def gradient_norms__squared(H, W_hh, g_T):
    """The root is missing: these are squared norms."""
    g, norms = g_T, [np.sum(g_T**2)]
    for h_t in H[:0:-1]:
        g = W_hh @ ((1 - h_t**2) * g)
        norms.append(np.sum(g**2))
    return np.array(norms[::-1])


def gradient_norms__one_step_too_many(H, W_hh, g_T):
    """The loop goes one step too far, to h_0."""
    g = g_T
    norms = [np.linalg.norm(g)]
    for t in range(len(H) - 1, -1, -1):
        g = W_hh @ ((1 - H[t] ** 2) * g)
        norms.insert(0, np.linalg.norm(g))
    return norms


def gradient_norms__adds_up(H, W_hh, g_T):
    """The gradient of each step is added to the last one instead of replacing it."""
    g = g_T.copy()
    norms = [np.linalg.norm(g)]
    for t in range(len(H) - 1, 0, -1):
        g += W_hh @ ((1 - H[t] ** 2) * g)
        norms.append(np.linalg.norm(g))
    return np.array(norms)[::-1]


def gradient_norms__sum_of_absolutes(H, W_hh, g_T):
    """The sum of absolute values is taken instead of the Euclidean norm."""
    g, norms = g_T, [np.abs(g_T).sum()]
    for h_t in H[:0:-1]:
        g = W_hh @ ((1 - h_t**2) * g)
        norms.append(np.abs(g).sum())
    return np.array(norms[::-1])


def gradient_norms__square_of_the_bracket(H, W_hh, g_T):
    """(1 - h)**2 stands where 1 - h**2 is meant."""
    g, norms = g_T, [np.linalg.norm(g_T)]
    for h_t in H[:0:-1]:
        g = W_hh @ ((1 - h_t) ** 2 * g)
        norms.append(np.linalg.norm(g))
    return np.array(norms[::-1])


def gradient_norms__states_from_the_start(H, W_hh, g_T):
    """The states are gone through from the first to the last."""
    g = g_T
    norms = [np.linalg.norm(g)]
    for t in range(1, len(H)):
        g = W_hh @ ((1 - H[t] ** 2) * g)
        norms.append(np.linalg.norm(g))
    return np.array(norms[::-1])


def gradient_norms__normalised_each_step(H, W_hh, g_T):
    """The gradient is scaled to length 1 after every step."""
    g = g_T / np.linalg.norm(g_T)
    norms = [np.linalg.norm(g_T)]
    for h_t in H[:0:-1]:
        g = W_hh @ ((1 - h_t**2) * g)
        norms.append(np.linalg.norm(g))
        g = g / np.linalg.norm(g)
    return np.array(norms[::-1])


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


def clip_by_global_norm__norm_of_the_last(gradients, limit):
    """The norm is overwritten in the loop, so only the last array's counts."""
    for g in gradients:
        norm = np.sqrt(np.sum(g**2))
    factor = min(1.0, limit / norm)
    return [g * factor for g in gradients]

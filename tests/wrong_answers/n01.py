"""Wrong answers to the exercises of notebook 01: pairs of neighbours, recurrence, bound."""

import numpy as np


def same_pairs__the_same_text_twice():
    """The two texts do not differ."""
    return "dog bites man", "dog bites man"


def same_pairs__spaces_only():
    """The two texts differ in their spaces alone."""
    return "dog bites man", "dog  bites man "


def same_pairs__only_the_bag():
    """The words are the same, the pairs are not."""
    return "dog bites man", "man bites dog"


def same_pairs__other_words():
    """The texts have different words."""
    return "a dog bites a man", "a dog bites a cow"


def same_pairs__one_text():
    """One text comes back instead of two."""
    return "a dog bites a man bites a cow"


def same_pairs__lists_of_words():
    """The texts come back as lists of words."""
    return ["a", "b", "a", "a"], ["a", "a", "b", "a"]


def same_pairs__pairs_as_sets():
    """The pairs are the same ones, but one of them occurs twice in one text only."""
    return "a b a b a a", "a b a a b a a"


def same_pairs__three_texts():
    """Three texts come back."""
    return "x x y x", "x y x x", "y x x x"


def recurrence__state_reset(x, W_xh, W_hh, b_h):
    """The state is set to zero inside the loop."""
    for x_t in x:
        h = np.zeros(len(b_h))
        h = np.tanh(x_t @ W_xh + h @ W_hh + b_h)
    return h


def recurrence__old_state_kept(x, W_xh, W_hh, b_h):
    """The new state gets another name, and the old one is never replaced."""
    h = np.zeros(len(b_h))
    for x_t in x:
        h_new = np.tanh(x_t @ W_xh + h @ W_hh + b_h)
    return h_new


def recurrence__mean_of_states(x, W_xh, W_hh, b_h):
    """The mean of the states comes back instead of the last one."""
    h = np.zeros(len(b_h))
    total = 0
    for x_t in x:
        h = np.tanh(x_t @ W_xh + h @ W_hh + b_h)
        total = total + h
    return total / len(x)


def recurrence__columns(x, W_xh, W_hh, b_h):
    """Both products are written for columns, without the transposes."""
    h = np.zeros(len(b_h))
    for x_t in x:
        h = np.tanh(W_xh @ x_t + W_hh @ h + b_h)
    return h


def recurrence__relu(x, W_xh, W_hh, b_h):
    """relu in place of tanh."""
    h = np.zeros(len(b_h))
    for x_t in x:
        h = np.maximum(0, x_t @ W_xh + h @ W_hh + b_h)
    return h


def recurrence__bias_twice(x, W_xh, W_hh, b_h):
    """A bias for each of the two products."""
    h = np.zeros(len(b_h))
    for x_t in x:
        h = np.tanh((x_t @ W_xh + b_h) + (h @ W_hh + b_h))
    return h


def recurrence__input_through_both(x, W_xh, W_hh, b_h):
    """The old state is lost because x_t overwrites it before the product."""
    h = np.zeros(len(b_h))
    for x_t in x:
        h = x_t @ W_xh
        h = np.tanh(h + h @ W_hh + b_h)
    return h


def recurrence__whole_text_at_once(x, W_xh, W_hh, b_h):
    """No loop: the whole text is multiplied at once, and the last row returned."""
    return np.tanh(x @ W_xh + b_h)[-1]


def recurrence__one_step_short(x, W_xh, W_hh, b_h):
    """The loop stops one word too early."""
    h = np.zeros(len(b_h))
    for t in range(len(x) - 1):
        h = np.tanh(x[t] @ W_xh + h @ W_hh + b_h)
    return h


def recurrence__always_the_first_word(x, W_xh, W_hh, b_h):
    """x[0] is read at every step."""
    h = np.zeros(len(b_h))
    for _ in range(len(x)):
        h = np.tanh(x[0] @ W_xh + h @ W_hh + b_h)
    return h


def recurrence__no_first_state(x, W_xh, W_hh, b_h):
    """The state before the first word is never set."""
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)
    return h_t


def recurrence__tanh_twice(x, W_xh, W_hh, b_h):
    """The old state goes through tanh once more before it is multiplied."""
    h = np.zeros(len(b_h))
    for x_t in x:
        h = np.tanh(x_t @ W_xh + np.tanh(h) @ W_hh + b_h)
    return h


def best_in_step__all_known(T, letters):
    """Everything is taken for known."""
    return 1.0


def best_in_step__a_coin(T, letters):
    """A guess is taken for the toss of a coin."""
    known = (T + 1) // 2
    return (known + (T - known) / 2) / T


def best_in_step__half_rounded_down(T, letters):
    """The middle letter of an odd number is guessed."""
    known = T // 2
    return (known + (T - known) / letters) / T


def best_in_step__guesses_count_nothing(T, letters):
    """Only what has been read counts."""
    return ((T + 1) // 2) / T


def best_in_step__first_step_only(T, letters):
    """Only the first letter is guessed."""
    return (T - 1 + 1 / letters) / T


def best_in_step__probability_of_all(T, letters):
    """The probability that the whole text is right, not the share of letters."""
    return (1 / letters) ** (T // 2)


def best_in_step__counts(T, letters):
    """The number of right letters, not their share."""
    known = (T + 1) // 2
    return known + (T - known) / letters


def best_in_step__guess_among_the_rest(T, letters):
    """A guess is taken among one letter less than there are."""
    known = (T + 1) // 2
    return (known + (T - known) / max(1, letters - 1)) / T

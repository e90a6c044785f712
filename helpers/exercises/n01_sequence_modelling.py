"""Exercises of notebook 01: texts with the same pairs, the recurrence, a bound on writing."""

from collections import Counter
from itertools import pairwise

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal


def same_pairs():
    one = "a dog bites a man bites a cow"
    other = "a man bites a dog bites a cow"
    return one, other


def _two_texts(answer):
    if isinstance(answer, str) or not isinstance(answer, tuple | list) or len(answer) != 2:
        return "Return the two texts with a comma between them."
    if not all(isinstance(text, str) for text in answer):
        return "Each of the two is a text in quotation marks, with spaces between its words."
    return None


def _another_order(answer):
    one, other = (text.split() for text in answer)
    if one == other:
        return "The two texts are the same."
    return None


def _same_words(answer):
    one, other = (Counter(text.split()) for text in answer)
    only = [*(one - other), *(other - one)]
    if only:
        return f"The word {only[0]!r} occurs more often in one text than in the other."
    return None


def _same_pairs(answer):
    one, other = (Counter(pairwise(text.split())) for text in answer)
    only = [*(one - other), *(other - one)]
    if only:
        return f"The pair {' '.join(only[0])!r} occurs more often in one text than in the other."
    return None


def recurrence(x, W_xh, W_hh, b_h):
    h_t = np.zeros(len(b_h))
    for x_t in x:
        h_t = np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)
    return h_t


def _texts():
    tiny = np.array([[1.0], [0.0]]), np.array([[1.0]]), np.array([[0.5]]), np.array([0.0])
    shapes = "t m, m n, n n, n"
    return {
        "one unit reads two words": tiny,
        "a single word": normal(shapes, seed=1, t=1, m=3, n=2),
        "three words, two units": normal(shapes, seed=2, t=3, m=2, n=2),
        "four words, three units": normal(shapes, seed=3, t=4, m=5, n=3),
        "as many words as inputs and units": normal(shapes, seed=4, t=3, m=3, n=3),
    }


def best_in_step(T, letters):
    total = 0
    for t in range(1, T + 1):
        wanted = T + 1 - t
        if wanted <= t:
            total += 1
        else:
            total += 1 / letters
    return total / T


def _lengths():
    return {
        "two letters out of 10": (2, 10),
        "four out of 8": (4, 8),
        "an odd length": (5, 3),
        "a single letter": (1, 4),
        "six out of 2": (6, 2),
    }


EXERCISES = (
    Exercise(
        same_pairs,
        cases=lambda: {"": ()},
        mistakes=(),
        goals={
            "two texts": _two_texts,
            "another order": _another_order,
            "the same words": _same_words,
            "the same pairs of neighbours": _same_pairs,
        },
        hints=(
            "Let one word occur three times. What stands between its first and its second place, "
            "and what between its second and its third?",
            "Let the two pieces between change places. Which pairs does a piece make with the word "
            "on its left and on its right, before and after?",
        ),
    ),
    Exercise(
        recurrence,
        cases=_texts,
        mistakes=(
            Edit(
                "h_t @ W_hh",
                "h_t @ W_hh.T",
                "W_hh is transposed. It is square, so its shape does not give it away: row i says "
                "where unit i sends its value.",
            ),
            Edit(
                " + b_h",
                "",
                "the bias is missing.",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)",
                "x_t @ W_xh + h_t @ W_hh + b_h",
                "the sum is right; what keeps the state between -1 and 1 is missing.",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)",
                "np.tanh(x_t @ W_xh + b_h) + np.tanh(h_t @ W_hh)",
                "tanh is applied to two parts; the formula applies it once, to what?",
            ),
            Edit(
                "h_t @ W_hh + b_h",
                "b_h",
                "only the last word matters in your answer: the old state does not reach the new "
                "one. Is it set back to zero inside the loop, or left out of the sum?",
            ),
            Edit(
                BODY,
                """
                h_t = np.zeros(len(b_h))
                for x_t in x:
                    h_t = np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)
                    return h_t
                """,
                "this is the state after the first word: does the function return inside its loop?",
            ),
            Edit(
                BODY,
                """
                h_t = np.zeros(len(b_h))
                states = []
                for x_t in x:
                    h_t = np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)
                    states.append(h_t)
                return np.array(states)
                """,
                "these are the states after every word; wanted is the last of them.",
            ),
            Edit(
                "h_t = np.tanh(x_t",
                "h_t = h_t + np.tanh(x_t",
                "each new state is added to the old one. The formula replaces it: the old state "
                "enters through W_hh alone.",
            ),
            Edit(
                "for x_t in x",
                "for x_t in x[::-1]",
                "the words are read from the last to the first.",
            ),
            Edit(
                "for x_t in x",
                "for x_t in x[1:]",
                "the first word is not read.",
            ),
            Edit(
                "for x_t in x",
                "for x_t in x[:-1]",
                "the last word is not read.",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)",
                "np.tanh(x_t @ W_xh + h_t @ W_hh) + b_h",
                "the bias is added after tanh; the formula has it in the sum, inside tanh.",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)",
                "np.tanh(x_t @ W_xh + h_t + b_h) @ W_hh",
                "W_hh is applied to the result of tanh; in the formula it stands inside tanh. At "
                "what?",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)",
                "np.tanh(x_t @ W_xh + b_h) @ W_hh",
                "the old state does not enter the new one, and W_hh is applied to the result of "
                "tanh. Which state does the formula apply it to?",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)",
                "np.tanh(x_t @ W_xh + b_h) + h_t @ W_hh",
                "the old state is added after tanh; the formula has it in the sum, inside tanh.",
            ),
            Edit(
                "for x_t in x:\n        h_t = np.tanh(x_t @",
                "for t in range(2):\n        h_t = np.tanh(x[t] @",
                "the loop takes two steps, however long the text is.",
            ),
            Edit(
                "for x_t in x:\n        h_t = np.tanh(x_t @",
                "for t in range(3):\n        h_t = np.tanh(x[t] @",
                "the loop takes three steps, however long the text is.",
            ),
            Edit(
                "for x_t in x:\n        h_t = np.tanh(x_t @",
                "for t in range(4):\n        h_t = np.tanh(x[t] @",
                "the loop takes four steps, however long the text is.",
            ),
            Edit(
                "np.zeros(len(b_h))",
                "b_h",
                "your state before the first word is b_h. What does the formula say of h_0?",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)",
                "np.maximum(0, x_t @ W_xh + h_t @ W_hh + b_h)",
                "your states are relu of the sum; which function does the formula take?",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h_t @ W_hh + b_h)",
                "1 / (1 + np.exp(-(x_t @ W_xh + h_t @ W_hh + b_h)))",
                "your states are a sigmoid of the sum; which function does the formula take?",
            ),
            Edit(
                "np.zeros(len(b_h))",
                "np.ones(len(b_h))",
                "the state before the first word is not zero in your answer.",
            ),
            Edit(
                BODY,
                "return np.tanh(x.sum(axis=0) @ W_xh + b_h)",
                "the words are added up before they are read: that is a bag of words.",
            ),
        ),
        hints=(
            "Read a text word by word, and keep one thing in mind: the state. What is it before "
            "the first word?",
            "For each row of x: compute the new state from that row and from the state so far, and "
            "let it take the old one's place.",
            "When the loop has come to its end, what stands in the state is the answer.",
        ),
    ),
    Exercise(
        best_in_step,
        cases=_lengths,
        mistakes=(
            Edit(
                "wanted <= t",
                "wanted < t",
                "with an odd number of letters the middle one is wanted at the very step at which "
                "it is read: is it known there?",
            ),
            Edit(
                "wanted = T + 1 - t",
                "wanted = T - t",
                "the place of the wanted letter is off by one: at step 1, letter T is wanted.",
            ),
            Edit(
                "range(1, T + 1)",
                "range(1, T)",
                "the last step is missing: range stops before its end.",
            ),
            Edit(
                "range(1, T + 1)",
                "range(T)",
                "t counts from 0 in your loop; in the task the first step is 1.",
            ),
            Edit(
                "total += 1 / letters",
                "pass",
                "what has not been read counts 0 in your answer; a guess is right now and then.",
            ),
            Edit(
                "total / T",
                "total",
                "this is the number of right letters to be expected; wanted is their share.",
            ),
            Edit(
                BODY,
                "return 0.5 + 0.5 / letters",
                "half of the letters are known only if their number is even: what about the middle "
                "one of an odd number?",
            ),
            Edit(
                BODY,
                "return 1 / letters",
                "every letter is guessed in your answer; which ones have been read in time?",
            ),
            Edit(
                BODY,
                "return T / 2 + T / 2 / letters",
                "this is a number of letters, not a share; and how many of an odd number are "
                "known?",
            ),
        ),
        hints=(
            "Take T = 4. Write in a row the letters that have been read at step 1, 2, 3 and 4, and "
            "below it the letter wanted at each.",
            "A step counts 1 if the wanted letter has been read, and otherwise what a guess is "
            "worth on average. The answer is the mean over the steps.",
        ),
    ),
)

"""Exercises of notebook 01: parameters of two networks, padding, a mean under a mask."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal


def count_parameters(length, inputs, hidden):
    W_t = inputs * hidden
    W_xh = inputs * hidden
    W_hh = hidden**2
    b = hidden
    separate = length * W_t + b
    shared = W_xh + W_hh + b
    return separate, shared


def _sizes():
    return {
        "4 steps of 3 inputs, 2 units": (4, 3, 2),
        "more units than inputs": (10, 5, 7),
        "twice as many steps": (20, 5, 7),
        "a single step": (1, 6, 4),
        "as many inputs as units": (6, 3, 3),
    }


def pad(sequences, length):
    rows = []
    for sequence in sequences:
        kept = sequence[:length]
        zeros = [0] * (length - len(kept))
        rows.append(kept + zeros)
    return np.array(rows)


def _sequences():
    return {
        "one that is too short, one that is too long": ([[5, 6], [7, 8, 9, 4]], 3),
        "too short by different amounts": ([[1], [2, 3, 4], [5, 6]], 5),
        "as long as wanted": ([[4, 2, 7], [1, 9, 3]], 3),
        "too long by more than one": ([[3, 1, 2, 5, 4, 6, 9], [8]], 4),
        "as many sequences as steps": ([[1, 2], [3, 4, 5, 6], [7]], 3),
    }


def masked_mean(h, mask):
    m = mask[:, :, None]
    total = (m * h).sum(axis=1)
    count = m.sum(axis=1)
    return total / count


def _masks():
    tiny = np.array([[[2.0, 1.0], [4.0, 5.0], [9.0, -9.0]]]), np.array([[True, True, False]])
    zeros = np.array([[[0.0, 3.0], [2.0, 0.0], [4.0, 6.0], [1.0, 1.0]]])
    (many,) = normal("n T d", seed=3, n=4, T=6, d=3)
    (square,) = normal("n T d", seed=4, n=3, T=4, d=3)
    steps = np.arange(6)
    gaps = np.array(
        [[1, 0, 1, 1, 0, 0], [0, 1, 0, 0, 1, 1], [0, 0, 0, 1, 0, 0], [1, 1, 0, 1, 1, 1]]
    )
    return {
        "two of three steps count": tiny,
        "every step counts": (many, np.ones((4, 6), bool)),
        "padding at the end": (many, steps < np.array([[6], [2], [1], [4]])),
        "padding in front": (many, steps >= np.array([[0], [3], [5], [1]])),
        "padding in the middle": (many, gaps.astype(bool)),
        "a state that is zero itself": (zeros, np.array([[True, True, True, False]])),
        "as many sequences as units": (
            square,
            np.array([[1, 1, 0, 0], [0, 1, 1, 1], [1, 1, 1, 0]]) > 0,
        ),
    }


EXERCISES = (
    Exercise(
        count_parameters,
        cases=_sizes,
        returns=("separate", "shared"),
        mistakes=(
            Edit(
                "b = hidden",
                "b = 0",
                "both counts lack the biases: each hidden unit has one.",
            ),
            Edit(
                "b = hidden",
                "b = 1",
                "one bias is counted in all; b is a vector. How many entries does it have?",
            ),
            Edit(
                "W_hh = hidden**2",
                "W_hh = 0",
                "the shared count lacks a matrix: how does the state of one step reach the next?",
            ),
            Edit(
                "shared = W_xh + W_hh + b",
                "shared = length * (W_xh + W_hh + b)",
                "the shared weights are counted once per step; every step uses the same ones.",
            ),
            Edit(
                "shared = W_xh + W_hh + b",
                "shared = W_xh + W_hh + 2 * b",
                "the shared formula has a single b_h, not one for each of its two products.",
            ),
            Edit(
                "separate = length * W_t + b",
                "separate = length * (W_t + b)",
                "the separate network has a bias at every position in your count; its formula has "
                "one b, after the sum over t.",
            ),
            Edit(
                "separate = length * W_t + b",
                "separate = W_t + b",
                "the separate count does not grow with the length: every position t has a matrix "
                "W_t of its own.",
            ),
            Edit(
                "separate = length * W_t + b",
                "separate = length * W_t + W_hh + b",
                "the separate network has a W_hh in your count; does any state enter its formula?",
            ),
            Edit(
                "return separate, shared",
                "return shared, separate",
                "the two numbers are the right ones in the wrong order.",
            ),
        ),
        hints=(
            "Write the shape of every matrix and every vector beside the two formulas. A matrix "
            "has as many numbers as its rows times its columns.",
            "Separate: how many different W_t are there? Shared: which two matrices are there, "
            "and does either depend on t?",
            "How many entries does a bias have, and how often does it occur in each formula?",
        ),
    ),
    Exercise(
        pad,
        cases=_sequences,
        mistakes=(
            Edit(
                "kept + zeros",
                "zeros + kept",
                "the zeros stand before the sequence; here they come after it.",
            ),
            Edit(
                "sequence[:length]",
                "sequence[-length:]",
                "of a sequence that is too long the end is kept; keep its beginning.",
            ),
            Edit(
                "rows = []",
                "rows, length = [], max(map(len, sequences))",
                "the rows are as long as the longest sequence; the caller says the length.",
            ),
            Edit(
                "zeros = [0]",
                "zeros = kept[-1:]",
                "the last number is repeated; fill up with 0, the number that stands for "
                "'nothing'.",
            ),
            Edit(
                "sequence[:length]",
                "sequence",
                "a sequence that is longer than `length` has to be cut.",
            ),
            Edit(
                "kept + zeros",
                "kept",
                "the long sequences are cut, but the short ones are not filled up.",
            ),
            Edit(
                BODY,
                """
                rows = []
                for sequence in sequences:
                    row = sequence[:length]
                    if len(row) < length:
                        row = row + [0]
                    rows.append(row)
                return np.array(rows)
                """,
                "a short sequence gets one zero, however many it lacks.",
            ),
            Edit(
                BODY,
                """
                X = np.zeros((len(sequences), length))
                for i, sequence in enumerate(sequences):
                    X[i] = sequence
                return X
                """,
                "a whole row can only be filled from a sequence of exactly its length: which part "
                "of the row, and which part of the sequence, go together?",
            ),
            Edit(
                BODY,
                """
                X = [[0] * length] * len(sequences)
                for i, sequence in enumerate(sequences):
                    for t, number in enumerate(sequence[:length]):
                        X[i][t] = number
                return X
                """,
                "every row shows the numbers of other rows: `[row] * n` is one and the same list "
                "n times, so what is written to one is written to all.",
            ),
        ),
        hints=(
            "Take one sequence at a time. What is left of it if it is too long?",
            "How many zeros does it then lack? For a long one that number is 0.",
            "A list plus a list is the two one after the other; collect the rows and make an "
            "array of them at the end.",
        ),
    ),
    Exercise(
        masked_mean,
        cases=_masks,
        mistakes=(
            Edit(
                BODY,
                "return h.mean(axis=1)",
                "the mask is not used: the padded steps are in your mean.",
            ),
            Edit(
                "m.sum(axis=1)",
                "h.shape[1]",
                "the sum leaves the padded steps out, but it is divided by all T steps: divide by "
                "the number of those that the mask lets through.",
            ),
            Edit(
                "total / count",
                "total",
                "this is the sum over the steps that count; a mean also divides.",
            ),
            Edit(
                "m.sum(axis=1)",
                "m.sum()",
                "the sum is divided by the steps that count in the whole batch; each sequence has "
                "its own number.",
            ),
            Edit(
                BODY,
                """
                m = ~mask[:, :, None]
                return (h * m).sum(axis=1) / np.maximum(1, m.sum(axis=1))
                """,
                "this is the mean of the padded steps: True in the mask means that the step "
                "counts.",
            ),
            Edit(
                BODY,
                "return h[mask].mean(axis=0)",
                "h[mask] puts the steps of all sequences in one heap: the axis of the sequences "
                "is lost.",
            ),
            Edit(
                BODY,
                "return (h * mask).sum(axis=1) / mask.sum(axis=1)",
                "the mask is (n, T) and h is (n, T, d): the mask lacks a last axis of length 1, so "
                "that one entry of it stands for all d numbers of a step.",
            ),
            Edit(
                "m.sum(axis=1)",
                "mask.sum(axis=1)",
                "the counts have the shape (n,) and the sums (n, d): NumPy lines up the last axes, "
                "so the counts need a second axis of length 1.",
            ),
            Edit(
                "m.sum(axis=1)",
                "np.count_nonzero(m * h, axis=1)",
                "numbers other than 0 are counted; a state may be 0 itself. What says which steps "
                "count?",
            ),
            Edit(
                BODY,
                "return np.array([h_i[: m_i.sum()].mean(axis=0) for h_i, m_i in zip(h, mask)])",
                "the first steps are averaged, as many as count; but the padding may stand in "
                "front or in the middle.",
            ),
            Edit(
                BODY,
                "return h[np.arange(len(h)), mask.sum(axis=1) - 1]",
                "this is a single state of each sequence; the mean of all that count is wanted.",
            ),
        ),
        hints=(
            "Two sums over the steps: one of m_t h_t, one of m_t. Which axis of h is the steps?",
            "The mask has the shape (n, T) and h (n, T, d). What shape must the mask have so that "
            "one entry of it multiplies all d numbers of a step?",
            "How many steps count differs from sequence to sequence: what shape must the counts "
            "have to divide an array (n, d) row by row?",
        ),
    ),
)

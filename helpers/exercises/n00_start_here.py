"""Exercise of notebook 00: a neuron."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal


def neuron(x, w, b):
    weighted_sum = x @ w
    return weighted_sum + b


def _cases():
    by_hand = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([2.0, 1.0, -1.0])
    shapes = "n d, d"
    return {
        "the example by hand": (*by_hand, 1.0),
        "without a bias": (*normal(shapes, seed=1, n=3, d=2), 0.0),
        "four examples of two inputs": (*normal(shapes, seed=2, n=4, d=2), -0.5),
        "as many examples as inputs": (*normal(shapes, seed=3, n=3, d=3), 0.7),
        "one example": (*normal(shapes, seed=4, n=1, d=4), 1.5),
    }


EXERCISES = (
    Exercise(
        neuron,
        cases=_cases,
        mistakes=(
            Edit(
                "x @ w",
                "w @ x",
                "in a product A @ B the last axis of A meets the first axis of B: which axis of x "
                "has as many entries as w?",
            ),
            Edit(
                "x @ w",
                "x * w",
                "`*` multiplies entry by entry and adds nothing up: where is the Σ over j?",
            ),
            Edit(
                "x @ w",
                "(x * w).sum(axis=0)",
                "axis 0 runs over the examples, so different examples are added up. The Σ runs "
                "over j, the second index of x.",
            ),
            Edit(
                "x @ w",
                "np.sum(x * w)",
                "a sum without an axis adds up everything; each example has a sum of its own.",
            ),
            Edit(
                "weighted_sum + b",
                "weighted_sum",
                "every answer is off by the same number: which letter of the formula is not in "
                "your line?",
            ),
            Edit(
                "x @ w",
                "x @ (w + b) - b",
                "b is added to each weight; in the formula it is added once, after the sum.",
            ),
            Edit(
                "x @ w",
                "x @ w + b * (len(w) - 1)",
                "b is added once for each input; in the formula it stands outside the Σ.",
            ),
            Edit(
                BODY,
                """
                y = []
                total = 0
                for row in x:
                    total = total + row @ w
                    y.append(total + b)
                return y
                """,
                "the sum of one example goes on in the next: where does each sum start?",
            ),
            Edit(
                "weighted_sum + b",
                "1 / (1 + np.exp(-weighted_sum - b))",
                "the sum is squashed between 0 and 1; the formula stops at the sum and the bias.",
            ),
        ),
        hints=(
            "Do it by hand for the first row of x: which two things are multiplied, and how many "
            "products are added up?",
            "A sum over j of x_ij times w_j, for every i at once, is a matrix product. Which of "
            "the two stands on the left?",
            "The bias is one number and comes last: NumPy adds it to every entry.",
        ),
    ),
)

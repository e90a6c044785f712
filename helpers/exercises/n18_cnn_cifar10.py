"""Exercises of notebook 18: start weights, the way back through a block, a gain and its error."""

from itertools import pairwise

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal

# --- open: weights that keep the signal's size ---


def my_start(widths, seed):
    rng = np.random.default_rng(seed)
    matrices = []
    for n_in, n_out in pairwise(widths):
        deviation = np.sqrt(2 / n_in)
        matrices.append(deviation * rng.normal(size=(n_in, n_out)))
    return matrices


WIDTHS = (100, 50, 200, 400) * 8  # 31 layers; what only suits equal widths goes wrong


def _start_cases():
    return {"31 layers": (list(WIDTHS), 18)}


def _maps(matrices):
    x = np.random.default_rng(0).normal(size=(200, WIDTHS[0]))
    for W in matrices:
        x = np.maximum(0, x @ np.asarray(W, float))
    return x


def _fits(matrices):
    shapes = [np.shape(W) for W in matrices]
    wanted = list(pairwise(WIDTHS))
    if shapes == wanted:
        return None
    if len(shapes) != len(wanted):
        return f"{len(shapes)} matrices came back; between {len(WIDTHS)} widths lie {len(wanted)}."
    return f"the first shapes are {shapes[:2]}; {wanted[:2]} are wanted."


def _keeps_size(matrices):
    x = np.random.default_rng(0).normal(size=(200, WIDTHS[0]))
    for number, W in enumerate(matrices, start=1):
        before = np.mean(x**2)
        x = np.maximum(0, x @ np.asarray(W, float))
        expected = len(W) * np.mean(np.square(W)) / 2  # over all inputs; and on these:
        if not any(0.6 < factor < 1.7 for factor in (expected, np.mean(x**2) / before)):
            size = np.sqrt(np.mean(_maps(matrices) ** 2))
            return (
                f"matrix {number}, of the shape {np.shape(W)}, multiplies the mean square by "
                f"{expected:.2g} (after the last ReLU the numbers have the size {size:.1e}; they "
                "began with 1). By which factor does a layer change it, if the weights have the "
                "variance v?"
            )
    return None


def _units_differ(matrices):
    x = _maps(matrices)
    if x.mean(axis=0).std() > 0.3 * x.mean():
        return None
    return (
        "the size is kept, but all units of the last layer say nearly the same. Weights of both "
        "signs, each drawn for itself, make units that differ."
    )


# --- the way back through a residual block ---


def residual_gradient(x, W_1, W_2, g):
    a = x @ W_1
    dh = g @ W_2.T
    da = dh * (a > 0)
    dF = da @ W_1.T
    return g + dF


def _residual_cases():
    shapes = "b n, n m, m n, b n"
    tiny = ([[1.0, -2.0]], [[1.0, 2.0], [3.0, 0.5]], [[1.0, 0.5], [2.0, 1.0]], [[1.0, 2.0]])
    return {
        "one row, two by two": tuple(np.array(a) for a in tiny),
        "one row, more in the middle": normal(shapes, seed=1, b=1, n=2, m=4),
        "a batch of five": normal(shapes, seed=2, b=5, n=3, m=2),
        "as many rows as columns": normal(shapes, seed=3, b=4, n=4, m=4),
    }


# --- how much better, and how sure? ---


def gain(before, after):
    difference = np.mean(after) - np.mean(before)
    square_before = np.var(before, ddof=1) / len(before)
    square_after = np.var(after, ddof=1) / len(after)
    return difference, np.sqrt(square_before + square_after)


def _gain_cases():
    rng = np.random.default_rng(18)
    return {
        "two runs each": (np.array([1.0, 3.0]), np.array([4.0, 8.0])),
        "a loss": (np.array([0.50, 0.54, 0.52]), np.array([0.40, 0.46, 0.43])),
        "five runs and eight": (rng.normal(0.4, 0.02, 5), rng.normal(0.5, 0.01, 8)),
        "eight runs and three": (rng.normal(0.4, 0.05, 8), rng.normal(0.4, 0.01, 3)),
    }


EXERCISES = (
    Exercise(
        my_start,
        cases=_start_cases,
        mistakes=(),
        hints=(
            "One layer first. An entry of x @ W is a sum of n_in products w x. With independent "
            "weights of mean 0 and variance v: what is its mean square, if that of x is 1?",
            "The ReLU lets the positive half through, and the two halves are alike. What is left "
            "of the mean square?",
            "Choose v so that the two effects cancel. Which of n_in and n_out stands in it?",
        ),
        goals={
            "a matrix between each two widths": _fits,
            "the size is kept through 31 layers": _keeps_size,
            "the units differ": _units_differ,
        },
    ),
    Exercise(
        residual_gradient,
        cases=_residual_cases,
        mistakes=(
            Edit(
                "return g + dF",
                "return dF",
                "the shortcut is missing: this is the gradient through F alone. What does the x in "
                "y = x + F(x) add?",
            ),
            Edit(
                "dh * (a > 0)",
                "dh",
                "ReLU is missing on the way back: where x W_1 is negative, nothing passes.",
            ),
            Edit(
                "a > 0",
                "a < 0",
                "the switches are upside down: ReLU let through what was positive.",
            ),
            Edit(
                "return g + dF",
                "return g * dF",
                "the two ways are multiplied. x and F(x) are added, so their gradients are too.",
            ),
            Edit(
                "return g + dF",
                "return 1 + dF",
                "the shortcut adds 1. Its derivative is 1, and the chain rule multiplies that by "
                "the gradient that arrives.",
            ),
            Edit(
                "return g + dF",
                "return x + dF",
                "x itself was added, which is the forward pass. On the way back g travels.",
            ),
            Edit(
                "(a > 0)",
                "np.maximum(a, 0)",
                "ReLU's output multiplies the gradient; its derivative is 0 or 1, a switch.",
            ),
            Edit(
                "dh * (a > 0)",
                "np.maximum(dh, 0)",
                "ReLU was applied to the gradient; what decides is the sign of x W_1, forward.",
            ),
            Edit(
                BODY,
                "return g @ W_2.T @ W_1.T",
                "two things are missing: the ReLU's switches on the way through F, and what the "
                "shortcut adds.",
            ),
            Edit(
                "return g + dF",
                "return x * g + dF",
                "the shortcut multiplies g by x. Its output is x itself: what is the derivative?",
            ),
            Edit(
                "(a > 0)",
                "(x > 0)",
                "the switches were set by x. The ReLU stands behind W_1: what was its input?",
            ),
            Edit(
                "dh * (a > 0)\n    dF = da @ W_1.T",
                "dh\n    dF = (da @ W_1.T) * (x > 0)",
                "the switches were set by x, behind W_1. The ReLU stands between W_1 and W_2: what "
                "was its input?",
            ),
            Edit(
                BODY,
                """
                g = g * (x + np.maximum(x @ W_1, 0) @ W_2 > 0)
                return g + ((g @ W_2.T) * (x @ W_1 > 0)) @ W_1.T""",
                "the ReLU after the sum was gone through as well. Here g arrives before it, at "
                "y = x + F(x).",
            ),
            Edit(
                BODY,
                "return x + np.maximum(x @ W_1, 0) @ W_2",
                "this is y, the forward pass; wanted is the gradient at x.",
            ),
            Edit(
                BODY,
                "return g + ((g @ W_2) * (x @ W_1 > 0)) @ W_1",
                "forward multiplies by W_1 and W_2; on the way back, what must be transposed?",
            ),
            Edit(
                BODY,
                "return g + ((g @ W_1) * (x @ W_1 > 0)) @ W_2",
                "the gradient goes through W_1 first, as on the way forward. Which layer does it "
                "meet first when it comes from the end?",
            ),
        ),
        hints=(
            "Two ways lead from x to y, so two gradients arrive at x and are added. One of them "
            "needs no computation.",
            "The other passes, from the end to the start: the product by W_2, the ReLU, the "
            "product by W_1.",
            "The ReLU lets the gradient through where its input was positive. What was its input?",
        ),
    ),
    Exercise(
        gain,
        cases=_gain_cases,
        returns=("the difference", "the error"),
        mistakes=(
            Edit(
                "np.mean(after) - np.mean(before)",
                "np.mean(before) - np.mean(after)",
                "the error is right, the sign of the difference is not: a gain is positive where "
                "`after` is better.",
            ),
            Edit(
                "np.var(before, ddof=1) / len(before)\n    square_after = np.var(after, ddof=1)",
                "np.var(before) / len(before)\n    square_after = np.var(after)",
                "the difference is right. For the error the squares were divided by n, not by "
                "n − 1; `ddof=1` changes that.",
            ),
            Edit(
                " / len(before)\n    square_after = np.var(after, ddof=1) / len(after)",
                "\n    square_after = np.var(after, ddof=1)",
                "the difference is right. The error is that of a difference of two single runs; "
                "here two means are compared.",
            ),
            Edit(
                "np.sqrt(square_before + square_after)",
                "np.sqrt(square_before) + np.sqrt(square_after)",
                "the difference is right. The two errors were added as they are; independent "
                "errors partly cancel, and it is their squares that add.",
            ),
            Edit(
                "np.sqrt(square_before + square_after)",
                "square_before + square_after",
                "the difference is right. Of the error this is the square.",
            ),
            Edit(
                "square_before + square_after",
                "square_after",
                "the difference is right. For the error only the runs of `after` count, but "
                "`before` was measured with noise too.",
            ),
            Edit(
                "square_before + square_after",
                "square_before",
                "the difference is right. For the error only the runs of `before` count, but "
                "`after` was measured with noise too.",
            ),
            Edit(
                "np.sqrt(square_before + square_after)",
                "np.std(np.concatenate([before, after]), ddof=1)",
                "the difference is right. The deviation was taken over all runs together, which "
                "counts the gain itself as noise.",
            ),
            Edit(
                "return difference, np.sqrt(square_before + square_after)",
                """error = np.sqrt(square_before + square_after)
    return difference, difference / error""",
                "the difference is right. The second number is the gain in units of its error; "
                "the error itself is wanted.",
            ),
            Edit(
                """np.var(before, ddof=1) / len(before)
    square_after = np.var(after, ddof=1) / len(after)""",
                """np.std(before, ddof=1) / len(before)
    square_after = np.std(after, ddof=1) / len(after)""",
                "the difference is right. A deviation was divided by n; what falls as 1/n is the "
                "variance, the deviation falls as 1/√n.",
            ),
            Edit(
                BODY,
                """
                pairs = np.subtract(after, before)
                return np.mean(pairs), np.std(pairs, ddof=1) / np.sqrt(len(pairs))""",
                "the runs were taken in pairs. There may be more of one kind than of the other: "
                "give each mean an error of its own.",
            ),
            Edit(
                BODY,
                """
                n = min(len(before), len(after))
                pairs = np.subtract(after[:n], before[:n])
                return np.mean(pairs), np.std(pairs, ddof=1) / np.sqrt(n)""",
                "the runs were taken in pairs. There may be more of one kind than of the other: "
                "give each mean an error of its own.",
            ),
            Edit(
                "return difference, np.sqrt(square_before + square_after)",
                """n, m = len(before), len(after)
    pooled = (n * (n - 1) * square_before + m * (m - 1) * square_after) / (n + m - 2)
    return difference, np.sqrt(pooled / n + pooled / m)""",
                "the difference is right. One deviation was made of both; here each set of runs "
                "has its own, for the two may scatter differently.",
            ),
            Edit(
                "len(before)\n    square_after = np.var(after, ddof=1) / len(after)",
                "(len(before) - 1)\n    square_after = np.var(after, ddof=1) / (len(after) - 1)",
                "the difference is right. n − 1 belongs in the variance (ddof=1) and is used "
                "twice here: a mean of n runs divides its variance by n.",
            ),
            Edit(
                "np.mean(after) - np.mean(before)",
                "np.max(after) - np.max(before)",
                "the best runs were compared: whoever runs more often wins. Compare the means.",
            ),
            Edit(
                "np.mean(after) - np.mean(before)",
                "(np.mean(after) - np.mean(before)) / np.mean(before)",
                "the gain is divided by what was there before; the plain difference is wanted.",
            ),
        ),
        hints=(
            "Two steps: how far may the mean of `before` be off, and how far that of `after`?",
            "For one mean: the variance of its runs, divided by their number, is the square of its "
            "error.",
            "By hand: runs 1, 3 and 4, 8. The means differ by 4; the variances are 2 and 8, so the "
            "squared errors are 1 and 4. And together?",
        ),
    ),
)

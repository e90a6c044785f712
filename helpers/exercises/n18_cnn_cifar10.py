"""Exercises of notebook 18: standardised channels, warm-up and cosine, a residual block."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal

# --- a mean for each channel ---


def standardise_channels(x_train, x_test):
    mean = x_train.mean(axis=(0, 1, 2))
    std = x_train.std(axis=(0, 1, 2))
    z_train = (x_train - mean) / std
    z_test = (x_test - mean) / std
    return z_train, z_test


def _standardise_cases():
    rng = np.random.default_rng(18)
    tiny = np.array([[0.0, 10.0], [4.0, 20.0], [8.0, 60.0], [6.0, 50.0]]).reshape(2, 1, 2, 2)
    test = np.array([[2.0, 30.0], [6.0, 75.0]]).reshape(1, 1, 2, 2)
    train, other = normal("n h w c, m h w c", seed=1, n=5, m=2, h=3, w=4, c=2)
    cube, cube_test = normal("n h w c, n h w c", seed=2, n=3, h=3, w=3, c=3)
    offsets = np.array([0, 1, 4])
    return {
        "two images of two pixels": (tiny, test),
        "a mean that is no whole number": (3 + 2 * train, 5 + 4 * other),
        "as many images, rows and columns as channels": (cube + offsets, 2 * cube_test),
        "photographs' bytes": (
            (rng.integers(0, 200, (20, 4, 5, 3)) + 13 * offsets).astype(np.uint8),
            (rng.integers(0, 120, (6, 4, 5, 3)) + 30 * offsets).astype(np.uint8),
        ),
    }


# --- up in a straight line, down along a cosine ---


def warmup_cosine(step, peak, warmup, steps):
    if step < warmup:
        return peak * (step / warmup)
    p = min((step - warmup) / (steps - warmup), 1)
    return peak / 2 * (1 + np.cos(np.pi * p))


def _warmup_cases():
    return {
        "half-way up": (2, 0.8, 4, 12),
        "half-way down": (8, 0.8, 4, 12),
        "step 0": (0, 0.8, 4, 12),
        "the last step of the warm-up": (3, 0.8, 4, 12),
        "step = warmup": (4, 0.8, 4, 12),
        "the first step down": (5, 0.8, 4, 12),
        "near the end": (11, 0.8, 4, 12),
        "step = steps": (12, 0.8, 4, 12),
        "after the end": (20, 0.8, 4, 12),
        "another plan, on the way up": (70, 5.0, 100, 1000),
        "another plan, on the way down": (400, 5.0, 100, 1000),
    }


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


EXERCISES = (
    Exercise(
        standardise_channels,
        cases=_standardise_cases,
        returns=("x_train", "x_test"),
        mistakes=(
            Edit(
                "(x_test - mean) / std",
                "(x_test - x_test.mean(axis=(0, 1, 2))) / x_test.std(axis=(0, 1, 2))",
                "the test images are standardised by their own mean and deviation: then the same "
                "picture gives other numbers in other company. Which images may you learn from?",
            ),
            Edit(
                "return z_train, z_test",
                "return z_train.astype(x_train.dtype), z_test.astype(x_test.dtype)",
                "the result has the type of the pixels, and bytes hold neither fractions nor "
                "negative numbers. Which type does?",
            ),
            Edit(
                "(x_test - mean) / std",
                "x_test",
                "the test images come back as they were: either the formula is not applied to "
                "them, or mean and deviation were taken after the training images had already been "
                "standardised.",
            ),
            Edit(
                "mean = x_train.mean(axis=(0, 1, 2))\n    std = x_train.std(axis=(0, 1, 2))",
                """both = np.concatenate([x_train, x_test])
    mean = both.mean(axis=(0, 1, 2))
    std = both.std(axis=(0, 1, 2))""",
                "the statistics are taken over training and test images together. The test set "
                "must not influence anything that the network is given in training.",
            ),
            Edit(
                "x_train.mean(axis=(0, 1, 2))\n    std = x_train.std(axis=(0, 1, 2))",
                "x_train.mean()\n    std = x_train.std()",
                "one mean for all channels, but each has a mean of its own. Over which axes do you "
                "average, and which one stays?",
            ),
            Edit(
                "x_train.mean(axis=(0, 1, 2))\n    std = x_train.std(axis=(0, 1, 2))",
                "x_train.mean(axis=0)\n    std = x_train.std(axis=0)",
                "each place of the picture has a mean of its own. A convolution treats all places "
                "alike, so average over the places too.",
            ),
            Edit(
                BODY,
                """
                def each(x):
                    mean = x.mean(axis=(1, 2), keepdims=True)
                    return (x - mean) / x.std(axis=(1, 2), keepdims=True)

                return each(x_train), each(x_test)
                """,
                "each image has a mean of its own: then a dark picture and a bright one look "
                "alike. Average over the images too.",
            ),
            Edit(
                BODY,
                """
                def each(x):
                    mean = x.mean(axis=3, keepdims=True)
                    return (x - mean) / x.std(axis=3, keepdims=True)

                return each(x_train), each(x_test)
                """,
                "the mean was taken over the channels of each pixel, which throws the brightness "
                "of the pixel away. The channel axis is the one that stays.",
            ),
            Edit(
                "x_train.std(",
                "x_train.var(",
                "divided by the variance. Which of variance and standard deviation has the unit of "
                "the pixels?",
            ),
            Edit(
                "(x_train - mean) / std\n    z_test = (x_test - mean) / std",
                "x_train - mean\n    z_test = x_test - mean",
                "the mean is 0 now, but is the standard deviation 1?",
            ),
            Edit(
                "(x_train - mean) / std\n    z_test = (x_test - mean) / std",
                "x_train / std\n    z_test = x_test / std",
                "the standard deviation is 1 now, but is the mean 0?",
            ),
            Edit(
                "(x_train - mean) / std\n    z_test = (x_test - mean) / std",
                "x_train / 255\n    z_test = x_test / 255",
                "divided by 255: that gives numbers from 0 to 1, not mean 0 and deviation 1.",
            ),
            Edit(
                "(x_train - mean) / std\n    z_test = (x_test - mean) / std",
                "x_train - mean / std\n    z_test = x_test - mean / std",
                "only the mean is divided by the deviation: `/` binds more strongly than `-`.",
            ),
            Edit(
                "x_train.std(axis=(0, 1, 2))",
                "x_train.std()",
                "the mean belongs to the channel, the deviation is one for all: look at σ's index "
                "in the formula.",
            ),
        ),
        hints=(
            "How many means are there, and how many numbers does each of them average?",
            "An axis that is averaged over disappears. Of (n, height, width, channels), which one "
            "must be left?",
            "The test images go through the same formula, with the numbers of the training images.",
        ),
    ),
    Exercise(
        warmup_cosine,
        cases=_warmup_cases,
        mistakes=(
            Edit(
                BODY,
                """
                p = min(step / steps, 1)
                return peak / 2 * (1 + np.cos(np.pi * p))
                """,
                "the warm-up is missing: the rate starts at the peak. What should it be at step 0?",
            ),
            Edit(
                "peak * (step / warmup)",
                "peak",
                "the rate stays at the peak during the warm-up; it should climb from 0 to it.",
            ),
            Edit(
                "(step / warmup)",
                "((step + 1) / warmup)",
                "the warm-up is a step ahead: at step 0 the rate is 0, at step `warmup` the peak.",
            ),
            Edit(
                "min((step - warmup) / (steps - warmup), 1)",
                "min(step / steps, 1)",
                "the cosine counts from step 0. It should begin when the warm-up ends, so that the "
                "rate does not jump there: what is p at step `warmup`?",
            ),
            Edit(
                "(steps - warmup)",
                "steps",
                "the cosine takes all steps and comes too late: how many of them are left after "
                "the warm-up?",
            ),
            Edit(
                "min((step - warmup) / (steps - warmup), 1)",
                "(min(step, steps) - warmup) / steps",
                "the last rate is not 0: how many steps are left for the cosine after the warm-up?",
            ),
            Edit(
                "peak / 2 * (1 + np.cos(np.pi * p))",
                "peak * np.cos(np.pi / 2 * p)",
                "a quarter of a cosine wave: it falls, but ends steeply. Half a wave goes from "
                "cos 0 = 1 to cos π = −1, and has to be lifted and halved.",
            ),
            Edit(
                "peak / 2 * (1 + np.cos(np.pi * p))",
                "peak * np.cos(np.pi * p)",
                "the rate becomes negative, which would walk uphill: the cosine goes from 1 to −1, "
                "the rate from its peak to 0.",
            ),
            Edit(
                "peak / 2 *",
                "peak *",
                "twice too high on the way down: 1 + cos starts at 2.",
            ),
            Edit(
                "peak / 2 * (1 + np.cos(np.pi * p))",
                "peak * (1 - p)",
                "it falls in a straight line: where is the cosine?",
            ),
            Edit(
                "np.pi * p",
                "180 * p",
                "the cosine wants radians: half a wave is π, not 180.",
            ),
            Edit(
                "np.pi * p",
                "p",
                "the rate does not come down to 0: at p = 1 the cosine should be at −1. Half a "
                "wave is how long, in radians?",
            ),
            Edit(
                "(1 + np.cos",
                "(1 - np.cos",
                "upside down: after the warm-up the rate jumps to 0 and rises. What is cos 0?",
            ),
            Edit(
                "min((step - warmup) / (steps - warmup), 1)",
                "(step - warmup) / (steps - warmup)",
                "right up to the last step; after it the cosine turns and the rate rises again. "
                "What is the largest value that p may have?",
            ),
            Edit(
                "min((step",
                "max((step",
                "p is 1 from the end of the warm-up on, so the rate drops to 0 at once. Which of "
                "two numbers does the formula take?",
            ),
        ),
        hints=(
            "Before the end of the warm-up it is a straight line through 0. Which fraction of the "
            "peak has been reached at this step?",
            "After it, p says how far the fall has come: 0 at step `warmup`, 1 at step `steps`, "
            "and no more after that.",
            "Check by hand: for peak 0.8, warmup 4 and steps 12 the rate is 0.4 at step 2 and at "
            "step 8.",
        ),
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
)

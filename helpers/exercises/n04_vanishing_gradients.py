"""Exercises of notebook 04: how far a gradient reaches, its norms on the way back, clipping."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal

# --- how far does it reach? ---


def reach(rate, floor):
    quotient = np.log(floor) / np.log(rate)
    k = int(np.floor(quotient))
    if rate ** (k + 1) >= floor:
        k = k + 1
    return k


def _reach_cases():
    return {
        "halved at each step": (0.5, 0.1),
        "not even one step": (0.2, 0.9),
        "a slow loss": (0.9, 0.01),
        "hundreds of steps": (0.99, 0.001),
        "exactly the floor is left": (0.5, 0.125),
        "exactly the floor is left, but for rounding": (0.9, 0.81),
    }


# --- follow a gradient back ---


def gradient_norms(H, W_hh, g_T):
    g = g_T
    norms = [np.linalg.norm(g)]
    for t in range(len(H) - 1, 0, -1):
        da = (1 - H[t] ** 2) * g
        g = da @ W_hh.T
        norms.append(np.linalg.norm(g))
    return np.array(norms[::-1])


def _norm_cases():
    def states(seed, steps, units):
        H, W_hh, g_T = normal("t n, n n, n", seed=seed, t=steps, n=units)
        return np.tanh(H), W_hh, g_T

    tiny = [[0.3, 0.1], [0.5, 0.0], [0.0, 0.8]], [[1.0, 2.0], [0.0, 1.0]], [1.0, 1.0]
    return {
        "two units, three states": tuple(np.array(a) for a in tiny),
        "one state only": states(1, steps=1, units=3),
        "seven states, five units": states(2, steps=7, units=5),
        "as many states as units": states(3, steps=4, units=4),
        "fewer states than units": states(4, steps=3, units=6),
    }


# --- clip by the global norm ---


def clip_by_global_norm(gradients, limit):
    squares = sum(np.sum(g**2) for g in gradients)
    norm = np.sqrt(squares)
    factor = min(1, limit / norm)
    return tuple(g * factor for g in gradients)


def _clip_cases():
    return {
        "a norm of 13 (3, 4, 12), limit 2": (
            [np.array([3.0, 4.0]), np.array([0.0, -12.0])],
            2.0,
        ),
        "below the limit": ([np.array([0.3]), np.array([0.4])], 1.0),
        "each array below the limit, together above": (
            [np.array([0.6, -0.6]), np.array([[0.7, 0.2]])],
            1.0,
        ),
        "a single number above the limit": ([np.array([-30.0, 40.0]), np.array([0.5])], 5.0),
        "two matrices": (list(normal("a b, b c", seed=1, a=3, b=2, c=4)), 1.5),
    }


EXERCISES = (
    Exercise(
        reach,
        cases=_reach_cases,
        mistakes=(
            Edit(
                "    if rate ** (k + 1) >= floor:\n        k = k + 1\n",
                "",
                "right but for rounding. 0.9**2 is 0.81, but the quotient of the two logarithms "
                "comes out a hair below 2. Whether one more step is allowed, only rate**k >= floor "
                "itself decides.",
            ),
            Edit(
                BODY,
                """
                k = 0
                while rate ** (k + 1) > floor:
                    k = k + 1
                return k
                """,
                "one step too few where exactly `floor` is left: `at least` includes it.",
            ),
            Edit(
                BODY,
                """
                k = 0
                while rate**k >= floor:
                    k = k + 1
                return k
                """,
                "one step too many: your loop ends after the first step that leaves too little. "
                "The step before it is wanted.",
            ),
            Edit(
                BODY,
                "return int(np.ceil(np.log(floor) / np.log(rate)))",
                "one step too many: after it, less than `floor` is left. Round the other way.",
            ),
            Edit(
                BODY,
                "return round(np.log(floor) / np.log(rate))",
                "rounding to the nearest whole number goes up half of the time, and then less than "
                "`floor` is left.",
            ),
            Edit(
                BODY,
                "return np.log(floor) / np.log(rate)",
                "a number of steps is whole: round, and think in which direction.",
            ),
            Edit(
                BODY,
                "return int(np.floor(np.log(rate) / np.log(floor)))",
                "the quotient is upside down. Take logarithms on both sides of rate**k = floor.",
            ),
            Edit(
                BODY,
                "return int((1 - floor) / (1 - rate))",
                "this takes the same amount away at each step. A step multiplies instead.",
            ),
            Edit(
                BODY,
                "return int(floor / rate)",
                "this divides once. A step multiplies by rate: after k steps rate**k is left, and "
                "k is wanted.",
            ),
            Edit(
                BODY,
                """
                left = 1
                while left * rate >= floor:
                    left = left * rate
                return left
                """,
                "this is the part that is left. Wanted is the number of steps after which it is "
                "left.",
            ),
        ),
        hints=(
            "After one step the part `rate` is left, after two rate * rate. Try it on paper for "
            "0.5 and 0.1.",
            "Go step by step for as long as the next step still leaves enough, or let logarithms "
            "tell where that ends.",
            "What if exactly `floor` is left: does that step count?",
        ),
    ),
    Exercise(
        gradient_norms,
        cases=_norm_cases,
        mistakes=(
            Edit(
                "(1 - H[t] ** 2) * g",
                "g",
                "tanh is missing: at each step its derivative 1 - h_t**2 multiplies the gradient.",
            ),
            Edit(
                "da @ W_hh.T",
                "da @ W_hh",
                "W_hh stands in the orientation of the way forward. The way back needs the other "
                "one.",
            ),
            Edit(
                "da = (1 - H[t] ** 2) * g\n        g = da @ W_hh.T",
                "g = (1 - H[t] ** 2) * (g @ W_hh.T)",
                "the order is turned round: on the way back the gradient goes first through tanh, "
                "then through W_hh.",
            ),
            Edit(
                "H[t] ** 2",
                "H[t - 1] ** 2",
                "off by one: the step from h_t to h_{t-1} goes through the tanh that made h_t.",
            ),
            Edit(
                "range(len(H) - 1, 0, -1)",
                "range(1, len(H))",
                "the states are taken from the first to the last. A gradient comes from the end.",
            ),
            Edit(
                "norms[::-1]",
                "norms",
                "the right numbers in reverse: the first is for h_1, the last for h_T.",
            ),
            Edit(
                "(1 - H[t] ** 2)",
                "(1 - H[t]) ** 2",
                "(1 - h)**2 is not 1 - h**2: what is squared in the derivative of tanh?",
            ),
        ),
        hints=(
            "Begin at the end: the gradient at h_T is g_T, and its norm is the last of the T "
            "numbers.",
            "One step back is the formula of section 2: first through tanh, at the state that this "
            "tanh made, then through W_hh.",
            "T states are joined by T - 1 steps. You find the norms from the last to the first; in "
            "which order are they wanted?",
        ),
    ),
    Exercise(
        clip_by_global_norm,
        cases=_clip_cases,
        mistakes=(
            Edit(
                "tuple(g * factor for g in gradients)",
                "tuple(g * min(1, limit / np.linalg.norm(g)) for g in gradients)",
                "each array is clipped by its own norm, and that turns the gradient. One norm, "
                "that of all arrays together, keeps its direction.",
            ),
            Edit(
                BODY,
                "return tuple(np.clip(g, -limit, limit) for g in gradients)",
                "single numbers are cut off, and that turns the gradient. Its direction stays if "
                "all are scaled by one factor.",
            ),
            Edit(
                "min(1, limit / norm)",
                "limit / norm",
                "a short gradient is made longer. Below the limit nothing may change.",
            ),
            Edit(
                "norm = np.sqrt(squares)",
                "norm = squares",
                "the norm is the root of the sum of squares: the root is missing.",
            ),
            Edit(
                "min(1, limit / norm)",
                "max(1, limit / norm)",
                "it is the wrong way round: a long gradient stays as it is, a short one is made "
                "longer.",
            ),
            Edit(
                "min(1, limit / norm)",
                "min(1, 1 / norm) if norm > limit else 1",
                "a gradient that is too long is scaled to length 1. Its norm shall be `limit`.",
            ),
            Edit(
                BODY,
                """
                norm = sum(np.linalg.norm(g) for g in gradients)
                factor = min(1, limit / norm)
                return tuple(g * factor for g in gradients)
                """,
                "you added up the norms of the arrays. Lengths at right angles do not add up like "
                "that (3 and 4 give 5): add up the squares.",
            ),
        ),
        hints=(
            "First one number for all arrays together: the root of the sum of all squares.",
            "Then one factor: 1 if that norm is within the limit; else so small that the norm "
            "becomes the limit.",
        ),
    ),
)

"""Exercises of notebook 04: clipping, the share of each lag, an adder made of two ReLU units."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal

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


# --- the share of each lag ---


def lag_shares(H, dA):
    lengths = []
    for t in range(len(dA)):
        part = H[t].T @ dA[t]
        lengths.append(np.linalg.norm(part))
    by_lag = np.array(lengths[::-1])
    return by_lag / by_lag.sum()


def _share_cases():
    def drawn(seed, steps, batch, units):
        H, dA = normal("s b n, t b n", seed=seed, s=steps + 1, t=steps, b=batch, n=units)
        H[0] = 0.1 * H[0]
        return np.tanh(H), dA

    H = np.array([[[0.5, 0.5]], [[0.8, 0.0]], [[0.0, 0.9]]])
    dA = np.array([[[0.0, 1.0]], [[3.0, 4.0]]])
    return {
        "one sequence, two units, two steps": (H, dA),
        "a single step": drawn(1, steps=1, batch=2, units=3),
        "five steps, a batch of three": drawn(2, steps=5, batch=3, units=2),
        "as many steps as sequences and units": drawn(3, steps=4, batch=4, units=4),
        "a batch whose parts cancel": (
            np.array([[[1.0], [1.0]], [[1.0], [0.5]], [[0.2], [0.3]]]),
            np.array([[[1.0], [-0.9]], [[1.0], [1.0]]]),
        ),
    }


# --- two ReLU units that add ---


def relu_adder():
    W_xh = [
        [1, 0],
        [1, 0],
    ]
    W_hh = [
        [0, 1],
        [0, 1],
    ]
    b = [-1, 0]
    W_hy = [[1], [1]]
    return W_xh, W_hh, b, W_hy


_SHAPES = {"W_xh": (2, 2), "W_hh": (2, 2), "b": (2,), "W_hy": (2, 1)}


def _arrays(answer):
    """Make four arrays, or a sentence that says what is none."""
    if not isinstance(answer, tuple | list) or len(answer) != len(_SHAPES):
        return "Return four things: W_xh, W_hh, b, W_hy."
    arrays = []
    for (name, shape), value in zip(_SHAPES.items(), answer, strict=True):
        try:
            array = np.asarray(value, float)
        except (TypeError, ValueError):
            return f"{name} is not an array of numbers."
        if array.shape != shape:
            return f"{name} has the shape {array.shape}, expected {shape}."
        if not np.all(np.isfinite(array)):
            return f"{name} holds a number that is not finite."
        arrays.append(array)
    return arrays


def _shapes(answer):
    arrays = _arrays(answer)
    return arrays if isinstance(arrays, str) else None


def _sequences(steps, count=200):
    rng = np.random.default_rng(4)
    value = rng.random((count, steps))
    mark = np.zeros((count, steps))
    rows = np.arange(count)
    mark[rows, rng.integers(0, steps // 2, count)] = 1
    mark[rows, rng.integers(steps // 2, steps, count)] = 1
    return value, mark


def _run(answer, value, mark):
    """Give the states (steps, batch, 2) and the answers (batch,) of the designed network."""
    W_xh, W_hh, b, W_hy = _arrays(answer)
    h = np.zeros((len(value), 2))
    H = []
    for t in range(value.shape[1]):
        x_t = np.stack([value[:, t], mark[:, t]], axis=-1)
        with np.errstate(all="ignore"):
            h = np.maximum(x_t @ W_xh + h @ W_hh + b, 0)
        H.append(h)
    return np.stack(H), (h @ W_hy)[:, 0]


def _shown(H):
    """Write the two units after each step of the first sequence."""
    states = "; ".join(f"({h[0]:.2f}, {h[1]:.2f})" for h in H[:, 0])
    return f"The two units after each step: {states}."


def _keeps(answer):
    """One marked value, then steps that bring nothing at all: only forgetting can change it."""
    value = np.array([[0.5, 0.0, 0.0, 0.0]])
    mark = np.array([[1.0, 0.0, 0.0, 0.0]])
    H, y_hat = _run(answer, value, mark)
    if abs(y_hat[0] - 0.5) < 0.02:
        return None
    return (
        "After the marked value 0.5, three steps with value 0 and mark 0: the answer is "
        f"{y_hat[0]:.2f} and not 0.5. {_shown(H)}"
    )


def _adds(answer):
    """Two marks with a step between them, the second at the end."""
    value = np.array([[0.3, 0.0, 0.6]])
    mark = np.array([[1.0, 0.0, 1.0]])
    H, y_hat = _run(answer, value, mark)
    if abs(y_hat[0] - 0.9) < 0.02:
        return None
    return (
        "The values 0.3, 0, 0.6, of which the first and the last are marked, give "
        f"{y_hat[0]:.2f} and not 0.9. {_shown(H)}"
    )


def _ignores(answer):
    """Without any mark nothing may come in."""
    value = np.array([[0.9, 0.2, 0.9]])
    H, y_hat = _run(answer, value, np.zeros((1, 3)))
    if abs(y_hat[0]) < 0.02:
        return None
    return (
        f"The values 0.9, 0.2, 0.9, none of them marked, give {y_hat[0]:.2f} and not 0. {_shown(H)}"
    )


def _holds(answer):
    """Solved at a length at which a weight that is nearly 1 is not enough."""
    value, mark = _sequences(1000)
    _, y_hat = _run(answer, value, mark)
    y = (value * mark).sum(axis=1)
    error = np.mean((y_hat - y) ** 2) / np.mean((1 - y) ** 2)
    if error < 0.01:
        return None
    return (
        f"After 1000 steps its error is {error:.2g} of the trivial answer's; below 0.01 is wanted. "
        f"It answers {y_hat.mean():.3g} on average where the sum is {y.mean():.3g}: by what is the "
        "memory multiplied at each step, and what is added to it?"
    )


EXERCISES = (
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
            Edit(
                "norm = np.sqrt(squares)",
                "norm = max(np.linalg.norm(g) for g in gradients)",
                "the norm of the longest array decides. All arrays together are one long vector: "
                "take the root of the sum of the squares of all their numbers.",
            ),
            Edit(
                "norm = np.sqrt(squares)",
                "norm = np.linalg.norm(gradients[0])",
                "the norm of the first array alone decides. All arrays together are one long "
                "vector: add up the squares of all of them.",
            ),
            Edit(
                "norm = np.sqrt(squares)",
                "norm = max(np.max(np.abs(g)) for g in gradients)",
                "the largest single number decides. A norm counts them all: the root of the sum "
                "of all squares.",
            ),
            Edit(
                "norm = np.sqrt(squares)",
                "norm = np.sqrt(squares / sum(np.size(g) for g in gradients))",
                "you took the mean of the squares. The norm is the root of their sum.",
            ),
        ),
        hints=(
            "First one number for all arrays together: the root of the sum of all squares.",
            "Then one factor: 1 if that norm is within the limit; else so small that the norm "
            "becomes the limit.",
        ),
    ),
    Exercise(
        lag_shares,
        cases=_share_cases,
        mistakes=(
            Edit(
                "lengths[::-1]",
                "lengths",
                "the right shares in reverse: yours begins with the first step, whose lag is the "
                "largest.",
            ),
            Edit(
                "H[t].T",
                "H[t + 1].T",
                "off by one: the step that makes h_t multiplies W_hh by the state before it. H "
                "begins with h_0, dA with the gradient at a_1.",
            ),
            Edit(
                "return by_lag / by_lag.sum()",
                "return by_lag",
                "these are the lengths; a share is a length divided by the sum of all.",
            ),
            Edit(
                "np.linalg.norm(part)",
                "np.sum(part**2)",
                "the root is missing: these are shares of the squared lengths.",
            ),
            Edit(
                "by_lag / by_lag.sum()",
                "by_lag / np.linalg.norm(by_lag)",
                "the shares do not add up to 1: divide by the sum of the lengths.",
            ),
            Edit(
                "by_lag / by_lag.sum()",
                "by_lag / by_lag.max()",
                "the largest is divided by itself: shares add up to 1.",
            ),
            Edit(
                "part = H[t].T @ dA[t]\n        lengths.append(np.linalg.norm(part))",
                "lengths.append(np.linalg.norm(dA[t]))",
                "this is how long dL/da_t is. What W_hh gets from the step is its product with the "
                "state before.",
            ),
            Edit(
                BODY,
                """
                lengths = []
                for h, da in zip(H[:-1], dA):
                    parts = h[:, :, None] * da[:, None, :]
                    lengths.append(np.linalg.norm(parts))
                by_lag = np.array(lengths[::-1])
                return by_lag / by_lag.sum()
                """,
                "the lengths of each sequence's part are put together; first add up the parts of "
                "the batch, then take the length: parts that point apart cancel.",
            ),
            Edit(
                BODY,
                """
                parts = np.array([H[t].T @ dA[t] for t in range(len(dA))])
                lengths = np.sqrt((parts**2).sum(axis=(1, 2)))[::-1]
                return lengths / np.linalg.norm(parts.sum(axis=0))
                """,
                "the lengths are divided by that of the whole gradient, which is shorter than all "
                "of them together where parts point apart. Shares add up to 1: divide by the sum "
                "of the lengths.",
            ),
            Edit(
                BODY,
                """
                lengths = []
                for h, da in zip(H[:-1], dA):
                    part = np.outer(h.mean(axis=0), da.mean(axis=0))
                    lengths.append(np.linalg.norm(part))
                by_lag = np.array(lengths[::-1])
                return by_lag / by_lag.sum()
                """,
                "the batch is averaged before states and gradients meet. Multiply within each "
                "sequence, then add up the batch: H[t].T @ dA[t] does both.",
            ),
            Edit(
                "np.linalg.norm(part)",
                "np.linalg.norm(part, axis=0).sum()",
                "the lengths of the columns are added up. Wanted is one length of the whole "
                "matrix: the root of the sum of all its squares.",
            ),
            Edit(
                "np.linalg.norm(part)",
                "np.abs(part).sum()",
                "the absolute values are added up; a length is the root of the sum of squares.",
            ),
            Edit(
                "np.linalg.norm(part)",
                "np.linalg.norm(part, 2)",
                "this is the largest singular value of the part. Wanted is the root of the sum of "
                "all its squares.",
            ),
        ),
        hints=(
            "Begin with one step: which two arrays, of which step each, make its part of "
            "dL/dW_hh? A product of a transposed and a plain one sums over the batch.",
            "H has one entry more than dA, since h_0 stands first: entry t of H is the state "
            "before the step whose gradient is entry t of dA.",
            "You have T lengths, from the first step to the last. Which lag has the first step?",
        ),
    ),
    Exercise(
        relu_adder,
        cases=lambda: {"your weights": ()},
        mistakes=(),
        goals={
            "the shapes": _shapes,
            "what is not marked is left out": _ignores,
            "a marked value is kept": _keeps,
            "two marked values add up": _adds,
            "solved after 1000 steps": _holds,
        },
        hints=(
            "Let unit 0 be a gate: with the mark it shall show the value, without it 0. ReLU cuts "
            "off what is negative: which bias makes value + mark fall below 0 without a mark?",
            "Let unit 1 be the memory: it adds what unit 0 showed a step before to itself, and "
            "neither input nor bias touches it. By what must it multiply itself to keep a number "
            "for 1000 steps?",
            "The answer is what the memory holds and what the gate shows at the last step, which "
            "the memory has not yet got.",
        ),
    ),
)

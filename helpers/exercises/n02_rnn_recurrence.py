"""Exercises of notebook 02: all states of a batch, and networks whose weights are designed."""

from collections.abc import Callable
from typing import Any

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal


def rnn_states(X, W_xh, W_hh):
    h = np.zeros((X.shape[0], W_hh.shape[0]))
    H = []
    for t in range(X.shape[1]):
        x_t = X[:, t]
        h = np.tanh(x_t @ W_xh + h @ W_hh)
        H.append(h)
    return np.stack(H, axis=1)


def _batches():
    tiny = np.array([[[1.0], [0.0], [0.5]]]), np.array([[1.0]]), np.array([[0.5]])
    shapes = "b t m, m n, n n"
    return {
        "one unit reads three steps": tiny,
        "a single step": normal(shapes, seed=1, b=2, t=1, m=3, n=2),
        "one sequence, three units": normal(shapes, seed=2, b=1, t=4, m=2, n=3),
        "a batch of two": normal(shapes, seed=3, b=2, t=5, m=3, n=4),
        "as many sequences as steps, inputs and units": normal(shapes, seed=4, b=3, t=3, m=3, n=3),
    }


def latch():
    W_xh = np.array([[5.0], [-5.0]])
    W_hh = np.array([[2.0]])
    return W_xh, W_hh


def waltz():
    W_xh = np.array([[1.0, 0.0, 0.0]])
    W_hh = 2 * np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    W_hy = np.array([[1.0], [0.0], [0.0]])
    return W_xh, W_hh, W_hy


def _matrices(answer: Any, names: str) -> tuple[np.ndarray, ...] | str:
    """Give the answer's matrices, or a sentence that says why it has none."""
    wanted = names.split()
    if not isinstance(answer, tuple | list) or len(answer) != len(wanted):
        return f"Return {len(wanted)} matrices: {', '.join(wanted)}."
    try:
        matrices = tuple(np.asarray(matrix, dtype=float) for matrix in answer)
    except (TypeError, ValueError):
        return f"{', '.join(wanted)} are matrices of numbers."
    if not all(np.isfinite(matrix).all() for matrix in matrices):
        return "There is a NaN (not a number) or an infinity among the weights."
    return matrices


def _is_a_unit(answer: Any) -> str | None:
    matrices = _matrices(answer, "W_xh W_hh")
    if isinstance(matrices, str):
        return matrices
    W_xh, W_hh = matrices
    if (W_xh.shape, W_hh.shape) == ((1, 1), (2, 1)):
        return "The two matrices have changed places: return W_xh first, then W_hh."
    if W_xh.shape != (2, 1):
        return f"W_xh has the shape {W_xh.shape}; two inputs and one unit make it (2, 1)."
    if W_hh.shape != (1, 1):
        return f"W_hh has the shape {W_hh.shape}; one unit makes it (1, 1)."
    return None


def _after(answer: Any, events: str) -> np.ndarray:
    """Give the states of the unit after each event: s set, r reset, any other nothing."""
    W_xh, W_hh = _matrices(answer, "W_xh W_hh")
    X = np.array([[[event == "s", event == "r"] for event in events]], dtype=float)
    return rnn_states(X, W_xh, W_hh)[0, :, 0]


def _set_is_seen(answer: Any) -> str | None:
    h = _after(answer, "s")[-1]
    if h < 0.5:
        return f"After a set the state is {h:.2f}, above 0.5 is wanted: which weight reads it?"
    return None


def _set_is_kept(answer: Any) -> str | None:
    H = _after(answer, "s" + 100 * ".")
    if np.sign(H[1]) != np.sign(H[0]):
        return f"One step after the set the state is {H[1]:.2f}: it changes its sign. Why?"
    if H[-1] < 0.5:
        return (
            f"After 100 zeros the state is {H[-1]:.2f}: the set has faded. Which weight keeps it?"
        )
    return None


def _reset_is_seen(answer: Any) -> str | None:
    H = _after(answer, "s.r")
    if H[-1] > -0.5:
        return (
            f"A reset finds the state at {H[1]:.2f} and leaves it at {H[2]:.2f}; below -0.5 is "
            "wanted. Write down the sum before the tanh: which of its two parts must win?"
        )
    return None


def _reset_is_kept(answer: Any) -> str | None:
    h = _after(answer, "s.r" + 100 * ".")[-1]
    if h > -0.5:
        return f"100 zeros after the reset the state is {h:.2f}, below -0.5 is wanted."
    return None


def _serves_for_long(answer: Any) -> str | None:
    rng = np.random.default_rng(2)
    events = "".join(rng.choice(list("sr" + 18 * "."), size=2000))
    known = events.index("s") if "s" in events else 0
    last = 0
    for number, (event, h) in enumerate(zip(events, _after(answer, events), strict=True)):
        last = {"s": 1, "r": -1}.get(event, last)
        if number >= known and last * h < 0.5:
            kind = "set" if last == 1 else "reset"
            return f"In a random series of 2,000 steps the state is {h:.2f} after a {kind}."
    return None


def _is_a_network(answer: Any) -> str | None:
    matrices = _matrices(answer, "W_xh W_hh W_hy")
    if isinstance(matrices, str):
        return matrices
    W_xh, W_hh, W_hy = matrices
    if W_hh.ndim != 2 or W_hh.shape[0] != W_hh.shape[1]:
        return f"W_hh has the shape {W_hh.shape}; it leads from the units to the units: square."
    units = len(W_hh)
    if W_xh.shape != (1, units):
        return f"W_xh has the shape {W_xh.shape}; one input and {units} units make it (1, {units})."
    if W_hy.shape != (units, 1):
        return f"W_hy has the shape {W_hy.shape}; {units} units and one output: ({units}, 1)."
    return None


def _beats_for(steps: int) -> Callable[[Any], str | None]:
    def goal(answer: Any) -> str | None:
        W_xh, W_hh, W_hy = _matrices(answer, "W_xh W_hh W_hy")
        pulse = np.zeros((1, steps, 1))
        pulse[0, 0] = 1
        y = (rnn_states(pulse, W_xh, W_hh) @ W_hy)[0, :, 0]
        for t in range(1, steps + 1):
            beat = t % 3 == 1
            if (y[t - 1] > 0.5) != beat:
                wanted = "above" if beat else "at most"
                return f"At step {t} the output is {y[t - 1]:.2f}, {wanted} 0.5 is wanted."
        return None

    return goal


_TRANSPOSED = (
    "the recurrent weights are transposed once too often. They are square, so the shapes do not "
    "give it away: row i of W_hh says where unit i sends its value."
)

EXERCISES = (
    Exercise(
        rnn_states,
        cases=_batches,
        mistakes=(
            Edit(
                BODY,
                """
                h_0 = np.zeros((X.shape[0], W_hh.shape[0]))
                return np.stack(
                    [np.tanh(X[:, t] @ W_xh + h_0 @ W_hh) for t in range(X.shape[1])], axis=1
                )
                """,
                "no state reaches the next step: your numbers are tanh of the input's part alone. "
                "Is the term with the old state there, is h overwritten in the loop, and is it set "
                "to zero before the loop and not in it?",
            ),
            Edit(
                BODY,
                """
                h = np.zeros((X.shape[1], W_hh.shape[0]))
                H = []
                for x_t in X:
                    h = np.tanh(x_t @ W_xh + h @ W_hh)
                    H.append(h)
                return np.stack(H)
                """,
                "the loop goes over the first axis, the batch, so the state of one sequence flows "
                "into the next sequence. Which axis of X is time?",
            ),
            Edit(
                "X[:, t]",
                "X[:, -1 - t]",
                "the sequence is read from its end; time runs from the first step to the last.",
            ),
            Edit(
                "return np.stack(H, axis=1)",
                "return h",
                "only the last state is returned; keep the state of every step.",
            ),
            Edit(
                "return np.stack(H, axis=1)",
                "return np.stack(H)",
                "the states are right, but they are stacked with time first; the batch comes "
                "first.",
            ),
            Edit(
                "return np.stack(H, axis=1)",
                "return np.concatenate(H, axis=1)",
                "the states of all steps are joined into one long row; they need an axis of their "
                "own, time.",
            ),
            Edit(
                BODY,
                """
                h = np.zeros((X.shape[0], W_hh.shape[0]))
                H = []
                for t in range(X.shape[1]):
                    h[:] = np.tanh(X[:, t] @ W_xh + h @ W_hh)
                    H.append(h)
                return np.stack(H, axis=1)
                """,
                "every step shows the last state; each is to show its own. One array that is "
                "overwritten and collected several times would do that, for instance.",
            ),
            Edit(
                BODY,
                """
                h = np.zeros((X.shape[0], W_hh.shape[0]))
                H = []
                for t in range(X.shape[1]):
                    H.append(h)
                    h = np.tanh(X[:, t] @ W_xh + h @ W_hh)
                return np.stack(H, axis=1)
                """,
                "every state is collected one step too late: h_0 comes back and the last state "
                "does not. In what order does the loop compute and collect?",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h @ W_hh)",
                "x_t @ W_xh + h @ W_hh",
                "the states are not squashed: look at what the formula does to the sum.",
            ),
            Edit("h @ W_hh", "h @ W_hh.T", _TRANSPOSED),
            Edit(
                "np.tanh(x_t @ W_xh + h @ W_hh)",
                "np.tanh((x_t @ W_xh + h) @ W_hh)",
                "W_hh multiplies the input's part too; in the formula it multiplies the old state "
                "alone. Where do the brackets stand?",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h @ W_hh)",
                "np.tanh(x_t @ W_xh) + h @ W_hh",
                "the old state's part is added after the tanh; in the formula the tanh squashes "
                "the whole sum.",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h @ W_hh)",
                "h + np.tanh(x_t @ W_xh + h @ W_hh)",
                "the new state is added to the old one; it replaces it.",
            ),
            Edit(
                "np.tanh(x_t @ W_xh + h @ W_hh)",
                "1 / (1 + np.exp(-(x_t @ W_xh + h @ W_hh)))",
                "the sum goes through another curve than tanh, one from 0 to 1: a sigmoid?",
            ),
            Edit(
                BODY,
                """
                h = np.zeros((X.shape[0], W_hh.shape[0]))
                H = []
                for t in range(X.shape[1]):
                    h = X[:, t] @ W_xh + h @ W_hh
                    H.append(np.tanh(h))
                return np.stack(H, axis=1)
                """,
                "the tanh reaches what you collect and not what the loop hands on: the next step "
                "takes the squashed state.",
            ),
            Edit(
                BODY,
                """
                h = np.zeros(W_hh.shape[0])
                H = []
                for x in X:
                    H.append([])
                    for x_t in x:
                        h = np.tanh(x_t @ W_xh + h @ W_hh)
                        H[-1].append(h)
                return np.array(H)
                """,
                "the first sequence is right; the next one begins with the state in which it "
                "ended. Each begins with zeros.",
            ),
            Edit(
                "range(X.shape[1])",
                "range(1, X.shape[1])",
                "the first step is never read: Python counts from 0.",
            ),
            Edit(
                BODY,
                """
                h = np.zeros((X.shape[0], W_hh.shape[0]))
                H = np.zeros((X.shape[0], X.shape[1], W_hh.shape[0]))
                for t in range(1, X.shape[1]):
                    h = np.tanh(X[:, t] @ W_xh + h @ W_hh)
                    H[:, t] = h
                return H
                """,
                "the first step is never read, and its state stays 0: Python counts from 0.",
            ),
            Edit(
                "h = np.zeros(",
                "h = np.ones(",
                "the first state is off although the formula is right: which value has h_0?",
            ),
        ),
        hints=(
            "The line from the blackboard, once per step of time, for the whole batch at once.",
            "Before the loop: a state of zeros for every sequence. In the loop: take step t of all "
            "sequences, compute the new state, collect it.",
            "The collected states have the shape (batch, units) each; time becomes the second "
            "axis of the answer.",
        ),
    ),
    Exercise(
        latch,
        cases=lambda: {"": ()},
        mistakes=(),
        hints=(
            "Two tasks, two weights. For the zeros in between only w_hh counts: which of the three "
            "fates is wanted?",
            "At a set or a reset the sum is w_xh + w_hh h. The old state must not win, whatever it "
            "is between -1 and 1.",
            "So the weight of an input must be greater than w_hh, by more than a little: tanh(0.5) "
            "is only 0.46.",
        ),
        goals={
            "one unit with two inputs": _is_a_unit,
            "a set is seen": _set_is_seen,
            "a set is kept for 100 steps": _set_is_kept,
            "a reset is seen": _reset_is_seen,
            "a reset is kept for 100 steps": _reset_is_kept,
            "2,000 steps with sets and resets": _serves_for_long,
        },
    ),
    Exercise(
        waltz,
        cases=lambda: {"": ()},
        mistakes=(),
        hints=(
            "One unit can alternate, 1, 2, 1, 2. For three beats, let three units take turns.",
            "Row i of W_hh says where unit i sends its value. Whom does unit 1 call, whom unit 2, "
            "whom unit 3?",
            "It dies out? On its way round the 1 passes through tanh at every step. Section 3 says "
            "which weights keep a 1.",
        ),
        goals={
            "three matrices that fit": _is_a_network,
            "two bars (6 steps)": _beats_for(6),
            "a thousand bars (3,000 steps)": _beats_for(3000),
        },
    ),
)

"""Exercises of notebook 03: wanted outputs that cancel, one step back, all the way back."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal

# --- a loss without a gradient ---


def wanted_outputs():
    w_hh = np.log(3)
    error_3 = 1.0
    error_2 = -(1 + 0.75 * w_hh) * error_3
    error_1 = 0.75 * w_hh * error_3
    return 1 - error_1, 1 - error_2, 1 - error_3


def _three_numbers(d):
    if np.shape(d) != (3,) or not np.all(np.isfinite(np.asarray(d, float))):
        return "Return three numbers: d_1, d_2, d_3."
    return None


def _all_wrong(d):
    errors = 1 - np.asarray(d, float)
    for t, error in enumerate(errors, start=1):
        if abs(error) < 0.5:
            differ = f"y_{t} is 1 and d_{t} is {1 - error:.3g}: they differ by less than 0.5."
            return _taken_for_another(d) or differ
    return None


def _loss(d, w_xh, w_hh):
    """Run the network of section 1: a loss whose slope needs no theory."""
    h, L = 0.0, 0.0
    for x_t, d_t in zip((1, 0, 0), np.asarray(d, float), strict=True):
        h = np.tanh(w_xh * x_t + w_hh * h)
        L += (2 * h - d_t) ** 2 / 2
    return L


def _slope(d, weight):
    losses = []
    for move in (1e-5, -1e-5):
        weights = {"w_xh": np.log(3) / 2, "w_hh": np.log(3)}
        weights[weight] += move
        losses.append(_loss(d, **weights))
    return (losses[0] - losses[1]) / 2e-5


def _flat(weight):
    def goal(d):
        slope = _slope(d, weight)
        if abs(slope) > 0.02:
            found = f"The gradient of {weight} is {slope:.3f}; between -0.02 and 0.02 counts as 0."
            return _taken_for_another(d) or found
        return None

    return goal


def _taken_for_another(d):
    """Say so if the numbers would be right as errors, or as what each state hears in all."""
    d = np.asarray(d, float)
    if np.abs(d).max() < 0.5:
        return None
    if max(abs(_slope(1 - d, weight)) for weight in ("w_xh", "w_hh")) < 0.02:
        return (
            "These are errors y - d that cancel, not wanted outputs: y is 1, so which d has "
            "such an error?"
        )
    if abs(d[0]) < 0.01 and abs(d[1] + d[2]) < 0.01:
        return (
            "These are what the three states hear in all. Take from each what comes from the "
            "future: the rest is its own loss's part, 2 (y - d)."
        )
    return None


# --- one step back ---


def rnn_step_backward(x_t, h_prev, h_t, W_hh, dh_t):
    da_t = (1 - h_t**2) * dh_t
    dh_prev = da_t @ W_hh.T
    dW_xh = x_t.T @ da_t
    dW_hh = h_prev.T @ da_t
    return dh_prev, dW_xh, dW_hh


def _states(seed, steps, b, v, n):
    """Draw inputs (T, B, V) and weights, and run the network forward."""
    x, h_0, W_xh, W_hh = normal("t b v, b n, v n, n n", seed=seed, t=steps, b=b, v=v, n=n)
    h = [np.tanh(h_0)]
    for x_t in x:
        h.append(np.tanh(x_t @ W_xh + h[-1] @ W_hh))
    return x, np.stack(h), W_hh


def _step_cases():
    def step(seed, b, v, n):
        x, h, W_hh = _states(seed, steps=1, b=b, v=v, n=n)
        (dh_t,) = normal("b n", seed=seed + 10, b=b, n=n)
        return x[0], h[0], h[1], W_hh, dh_t

    tiny = ([[1.0]], [[0.5]], [[0.8]], [[2.0]], [[10.0]])
    return {
        "one unit": tuple(np.array(a) for a in tiny),
        "one text, three characters, two units": step(1, b=1, v=3, n=2),
        "a batch of four": step(2, b=4, v=2, n=3),
        "as many texts as characters and units": step(3, b=3, v=3, n=3),
    }


# --- all the way back ---


def bptt(x, h, dy, W_hh, W_hy):
    dW_xh = np.zeros((x.shape[-1], h.shape[-1]))
    dW_hh = np.zeros_like(W_hh)
    dW_hy = np.zeros_like(W_hy)
    future = np.zeros_like(h[0])
    for t in range(len(x), 0, -1):
        dh_t = dy[t - 1] @ W_hy.T + future
        future, dxh, dhh = rnn_step_backward(x[t - 1], h[t - 1], h[t], W_hh, dh_t)
        dW_xh += dxh
        dW_hh += dhh
        dW_hy += h[t].T @ dy[t - 1]
    return dW_xh, dW_hh, dW_hy


def _way_cases():
    def way(seed, steps, b, v, n, outputs):
        x, h, W_hh = _states(seed, steps, b, v, n)
        dy, W_hy = normal("t b o, n o", seed=seed + 10, t=steps, b=b, n=n, o=outputs)
        return x, h, dy, W_hh, W_hy

    tiny = ([1.0, -1.0], [0.5, -0.5, 0.5], [2.0, -2.0], [2.0], [4.0])
    x, h, dy, W_hh, W_hy = (np.reshape(a, (len(a), 1, 1)) for a in tiny)
    return {
        "one unit, two steps": (x, h, dy, W_hh[0], W_hy[0]),
        "two units, one step": way(1, steps=1, b=1, v=3, n=2, outputs=3),
        "two units, three steps": way(2, steps=3, b=1, v=3, n=2, outputs=4),
        "a batch of three, five steps": way(3, steps=5, b=3, v=2, n=4, outputs=2),
        "as many texts and steps as units": way(4, steps=3, b=3, v=3, n=3, outputs=3),
    }


STAR = (
    "`*` multiplies entry by entry. In `sweep` each quantity was one number; now they are "
    "matrices, and the ways back through a weight, and into its gradient, are products with @. "
    "Only the slope of tanh still multiplies entry by entry."
)
OUTER = (
    "np.outer lays all texts in one long row: each text would meet each other one. Which product "
    "pairs a text's input with the same text's gradient, and adds up over the texts?"
)
STATE = "dh_prev = da_t @ W_hh.T"
USES = "dW_xh = x_t.T @ da_t\n    dW_hh = h_prev.T @ da_t"
STARS = (  # `sweep` copied as it stands, in whole or in part; the order shows in NumPy's message
    Edit(
        f"{STATE}\n    {USES}",
        "dW_xh = da_t * x_t\n    dW_hh = da_t * h_prev\n    dh_prev = W_hh * da_t",
        STAR,
    ),
    Edit(
        f"{STATE}\n    {USES}",
        "dh_prev = W_hh * da_t\n    dW_xh = da_t * x_t\n    dW_hh = da_t * h_prev",
        STAR,
    ),
    Edit(
        f"{STATE}\n    {USES}",
        "dh_prev = da_t * W_hh\n    dW_xh = x_t * da_t\n    dW_hh = h_prev * da_t",
        STAR,
    ),
    Edit(STATE, "dh_prev = W_hh * da_t", STAR),
    Edit(STATE, "dh_prev = da_t * W_hh", STAR),
    Edit(STATE, "dh_prev = da_t * W_hh.T", STAR),
    Edit(USES, "dW_xh = da_t * x_t\n    dW_hh = da_t * h_prev", STAR),
    Edit(USES, "dW_xh = x_t * da_t\n    dW_hh = h_prev * da_t", STAR),
)

EXERCISES = (
    Exercise(
        wanted_outputs,
        cases=lambda: {"": ()},
        mistakes=(),
        goals={
            "three numbers": _three_numbers,
            "every output wrong by at least 0.5": _all_wrong,
            "no gradient for w_hh": _flat("w_hh"),
            "no gradient for w_xh": _flat("w_xh"),
        },
        hints=(
            "Choose the last error, then go back as the sweep does. The gradient of w_hh is "
            "½ (da_2 + da_3): what must da_2 be?",
            "Once da_2 is known, so is what h_2 has to hear in all, and the future's share of it. "
            "Its own loss must give the rest: that is error 2.",
            "The gradient of w_xh is da_1, and it is 0 if h_1 hears nothing in all: its own loss "
            "must cancel what comes from the future.",
        ),
    ),
    Exercise(
        rnn_step_backward,
        cases=_step_cases,
        returns=("dh_prev", "dW_xh", "dW_hh"),
        mistakes=(
            Edit(
                "(1 - h_t**2) * dh_t",
                "dh_t",
                "the gradient did not go through tanh. dh_t belongs to what comes out of tanh, the "
                "weights belong to what goes in.",
            ),
            Edit(
                "(1 - h_t**2)",
                "(1 - h_prev**2)",
                "the slope of tanh is taken at the wrong step: this step's tanh gave h_t, not "
                "h_prev.",
            ),
            Edit(
                "(1 - h_t**2)",
                "(1 - np.tanh(h_t) ** 2)",
                "tanh is taken twice: h_t is what came out of it already.",
            ),
            Edit(
                "(1 - h_t**2)",
                "(1 - h_t)",
                "1 - h_t is not the slope of tanh: which power of h_t belongs there?",
            ),
            Edit(
                "(1 - h_t**2)",
                "(1 - h_t) ** 2",
                "(1 - h)**2 is not 1 - h**2: what is squared in the slope of tanh?",
            ),
            Edit(
                "(1 - h_t**2)",
                "h_t * (1 - h_t)",
                "h (1 - h) is the slope of a sigmoid. Here it was tanh.",
            ),
            Edit(
                "x_t.T @ da_t\n    dW_hh = h_prev.T @ da_t",
                "x_t.T @ dh_t\n    dW_hh = h_prev.T @ dh_t",
                "dh_prev is right; both weights passed by tanh. They stand inside it, so what "
                "they hear is the gradient before tanh, as in dh_prev.",
            ),
            *STARS,
            Edit(
                "x_t.T @ da_t\n    dW_hh = h_prev.T @ da_t",
                "np.outer(x_t, da_t)\n    dW_hh = np.outer(h_prev, da_t)",
                OUTER,
            ),
            Edit(
                "x_t.T @ da_t\n    dW_hh = h_prev.T @ da_t",
                "np.outer(da_t, x_t)\n    dW_hh = np.outer(da_t, h_prev)",
                OUTER,
            ),
            Edit(
                "dh_prev = da_t @ W_hh.T",
                "dh_prev = dh_t @ W_hh.T",
                "both weights are right; dh_prev passed by tanh. From h_t to h_prev the way leads "
                "through a_t.",
            ),
            Edit(
                "W_hh.T",
                "W_hh",
                "both weights are right, dh_prev is not. Forward, a row was multiplied by W_hh "
                "from the right; what is the way back in the table?",
            ),
            Edit(
                "h_prev.T @ da_t",
                "h_t.T @ da_t",
                "dW_hh is not right: which state went *into* W_hh at this step, the one before it "
                "or the one after?",
            ),
            Edit(
                "x_t.T @ da_t\n    dW_hh = h_prev.T @ da_t",
                "da_t.T @ x_t\n    dW_hh = da_t.T @ h_prev",
                "the gradients of the weights are transposed: as rows lie in the code, each has "
                "the shape of its weight.",
            ),
            Edit(
                "x_t.T @ da_t\n    dW_hh = h_prev.T @ da_t",
                "x_t.T @ da_t / len(x_t)\n    dW_hh = h_prev.T @ da_t / len(x_t)",
                "the gradients of the weights are divided by the batch size. dh_t is the gradient "
                "of a loss that is a mean already: here the texts only add up.",
            ),
            Edit(
                "return dh_prev, dW_xh, dW_hh",
                "return dW_xh, dW_hh, dh_prev",
                "the three gradients are right, but the order is not: first that of the state "
                "before, then those of W_xh and W_hh.",
            ),
        ),
        hints=(
            "It is one turn of the loop in `sweep`: first the gradient before tanh, then three "
            "products with it.",
            "The table has what becomes of W_hy. The two other weights take the same two shapes: "
            "towards the state before, and towards each weight.",
            "Let the shapes guide you: dW_xh is as large as W_xh, dW_hh as W_hh, and the batch "
            "axis disappears in the sum over the texts.",
        ),
    ),
    Exercise(
        bptt,
        cases=_way_cases,
        returns=("dW_xh", "dW_hh", "dW_hy"),
        mistakes=(
            Edit(
                "dy[t - 1] @ W_hy.T + future",
                "dy[t - 1] @ W_hy.T",
                "each state hears from its own loss only: what comes back from the step after it "
                "does not reach it.",
            ),
            Edit(
                "dy[t - 1] @ W_hy.T + future",
                "(1 - h[t] ** 2) * (dy[t - 1] @ W_hy.T + future)",
                "the gradient goes through tanh twice: your step back does that already. Hand it "
                "what the state hears, before tanh is undone.",
            ),
            Edit(
                "dy[t - 1] @ W_hy.T + future",
                "dy[t - 1] @ W_hy.T + future @ W_hh.T",
                "W_hh is applied twice: what your step back hands to the state before has been "
                "through W_hh already.",
            ),
            Edit(
                "dy[t - 1] @ W_hy.T + future",
                "(dy[t - 1] @ W_hy.T if t == len(x) else future)",
                "only the last loss goes back in time: every state has an output, so it hears from "
                "its own loss too, on top of the future.",
            ),
            Edit(
                "future, dxh, dhh = rnn",
                "dxh, dhh, future = rnn",
                "the three results of the step back are taken in the wrong order: the first is for "
                "the state before, then W_xh, then W_hh.",
            ),
            Edit(
                "dW_xh += dxh\n        dW_hh += dhh\n        dW_hy += h[t].T @ dy[t - 1]",
                "dW_xh = dxh\n        dW_hh = dhh\n        dW_hy = h[t].T @ dy[t - 1]",
                "only one step is left in the result: each turn of the loop replaces what those "
                "before it found. One weight, many uses: they add up.",
            ),
            Edit(
                "dh_t)\n        dW_xh",
                "future)\n        dW_xh",
                "the step back is given the future alone. What has the state heard in all?",
            ),
            Edit(
                "range(len(x), 0, -1)",
                "range(1, len(x) + 1)",
                "the loop runs forward in time. A gradient comes from the future: begin at the "
                "last step.",
            ),
            Edit(
                "range(len(x), 0, -1)",
                "range(len(x) - 1, 0, -1)",
                "the last step is missing: there are as many steps as entries in x, and the last "
                "of them leads to h[T].",
            ),
            Edit(
                "range(len(x), 0, -1)",
                "range(len(x), 1, -1)",
                "the first step is missing: it leads from h[0] to h[1], and the weights were used "
                "there too.",
            ),
            Edit(
                "h[t].T",
                "h[t - 1].T",
                "dW_hy is not right: which state went into W_hy at step t? h[0] never did.",
            ),
            Edit(
                "h[t - 1], h[t], W_hh",
                "h[t], h[t - 1], W_hh",
                "the two states of a step are swapped: h[t - 1] went into it, h[t] came out.",
            ),
            Edit(
                BODY,
                """
                dW_xh = np.zeros((x.shape[-1], h.shape[-1]))
                dW_hh = np.zeros_like(W_hh)
                dW_hy = np.zeros_like(W_hy)
                future = np.zeros_like(h[0])
                for t in range(len(x), 0, -1):
                    own = dy[t - 1] @ W_hy.T
                    _, dxh, dhh = rnn_step_backward(x[t - 1], h[t - 1], h[t], W_hh, own + future)
                    future, _, _ = rnn_step_backward(x[t - 1], h[t - 1], h[t], W_hh, own)
                    dW_xh += dxh
                    dW_hh += dhh
                    dW_hy += h[t].T @ dy[t - 1]
                return dW_xh, dW_hh, dW_hy
                """,
                "the future reaches one step back and no further: what a state hands on must "
                "contain what it heard from the future itself.",
            ),
            Edit(
                BODY,
                """
                dW_xh = np.zeros((x.shape[-1], h.shape[-1]))
                dW_hh = np.zeros_like(W_hh)
                dW_hy = np.zeros_like(W_hy)
                future = np.zeros_like(h[0])
                for t in range(len(x), 0, -1):
                    own = dy[t - 1] @ W_hy.T
                    back, dxh, dhh = rnn_step_backward(x[t - 1], h[t - 1], h[t], W_hh, own + future)
                    future = future + back
                    dW_xh += dxh
                    dW_hh += dhh
                    dW_hy += h[t].T @ dy[t - 1]
                return dW_xh, dW_hh, dW_hy
                """,
                "the future is added up over the steps. What comes out of a step back contains "
                "the future already: it replaces the old one.",
            ),
            Edit(
                "return dW_xh, dW_hh, dW_hy",
                "return dW_xh / len(x), dW_hh / len(x), dW_hy / len(x)",
                "you took the mean over the steps. L is the sum of the losses, and the uses of a "
                "shared weight add up.",
            ),
            Edit(
                "return dW_xh, dW_hh, dW_hy",
                "return dW_xh / h.shape[1], dW_hh / h.shape[1], dW_hy / h.shape[1]",
                "you took the mean over the texts. dy is the gradient of a loss that is a mean "
                "over the batch already: here the texts only add up.",
            ),
        ),
        hints=(
            "A loop from the last step to the first that hands the future on: zeros at first, then "
            "what your step back says to the state before.",
            "In each turn: what the state hears in all (own loss plus future), one step back, and "
            "what this step adds to each of the three sums.",
            "Count with t from T down to 1, as on paper: h[t] is the state after step t and "
            "h[t - 1] the one before it, x[t - 1] and dy[t - 1] are of step t.",
        ),
    ),
)

"""Exercises of notebook 03: the gradient of the logits, one step back, the sum over time."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal

# --- predicted minus right ---


def logit_gradient(y, target):
    top = np.max(y, axis=-1, keepdims=True)
    e = np.exp(y - top)
    p = e / np.sum(e, axis=-1, keepdims=True)
    return (p - target) / len(y)


def _logit_cases():
    tiny = np.array([[1.0, 2.0, 0.0], [0.5, -1.0, 0.0]])
    large = np.array([[1000.0, 998.0, 0.0, 0.0, -1000.0], [1.0, 0.0, -1.0, 0.5, 2.0]])
    return {
        "one text, two equal logits": (np.zeros((1, 2)), np.array([[1.0, 0.0]])),
        "two texts, three characters": (tiny, np.eye(3)[[0, 2]]),
        "as many texts as characters": (*normal("b v", seed=1, b=3, v=3), np.eye(3)[[1, 1, 0]]),
        "five texts, four characters": (
            *normal("b v", seed=2, b=5, v=4),
            np.eye(4)[[3, 0, 2, 2, 1]],
        ),
        "logits of 1000 in one text": (large, np.eye(5)[[1, 4]]),
        "logits of -1000 only": (large[:1, :3] - 2000, np.eye(3)[[0]]),
    }


# --- one step back ---


def rnn_step_backward(x_t, h_prev, W_xh, W_hh, dh_t):
    h_t = np.tanh(h_prev @ W_hh + x_t @ W_xh)
    da_t = dh_t * (1 - h_t**2)
    dh_prev = da_t @ W_hh.T
    dW_xh = x_t.T @ da_t
    dW_hh = h_prev.T @ da_t
    return dh_prev, dW_xh, dW_hh


def _step_cases():
    shapes = "b v, b n, v n, n n, b n"
    tiny = ([[1.0]], [[0.5]], [[0.5]], [[2.0]], [[1.0]])
    return {
        "one unit": tuple(np.array(a) for a in tiny),
        "one text, three characters, two units": normal(shapes, seed=1, b=1, v=3, n=2),
        "a batch of four": normal(shapes, seed=2, b=4, v=2, n=3),
        "as many texts as characters and units": normal(shapes, seed=3, b=3, v=3, n=3),
    }


# --- the sum over time ---


def recurrent_gradient(h, g, W_hh):
    dW_hh = np.zeros_like(W_hh)
    da = np.zeros_like(h[0])
    for t in range(len(g), 0, -1):
        dh = g[t - 1] + da @ W_hh.T
        da = dh * (1 - h[t] ** 2)
        dW_hh += h[t - 1].T @ da
    return dW_hh


def _time_cases():
    def states_and_losses(seed, steps, b, n):
        h, g, W_hh = normal("s b n, t b n, n n", seed=seed, s=steps + 1, t=steps, b=b, n=n)
        return np.tanh(h), g, W_hh

    tiny = np.array([0.2, 0.5, -0.5]).reshape(3, 1, 1)
    return {
        "one unit, two steps": (tiny, np.ones((2, 1, 1)), np.array([[2.0]])),
        "two units, one step": states_and_losses(1, steps=1, b=1, n=2),
        "two units, three steps": states_and_losses(2, steps=3, b=1, n=2),
        "a batch of three, five steps": states_and_losses(3, steps=5, b=3, n=4),
        "as many texts and steps as units": states_and_losses(4, steps=3, b=3, n=3),
    }


EXERCISES = (
    Exercise(
        logit_gradient,
        cases=_logit_cases,
        mistakes=(
            Edit(
                "np.exp(y - top)",
                "np.exp(y)",
                "right as long as the logits are of moderate size. For 1000 np.exp gives infinity, "
                "for -1000 it gives 0, and neither can be divided by itself. Softmax stays the "
                "same if one number is subtracted from all logits of a row: which one helps?",
            ),
            Edit(
                "(p - target) / len(y)",
                "p - target",
                "the loss is the mean over the batch, so each row has only its share in it. What "
                "is still to be divided, and by what?",
            ),
            Edit(
                "(p - target)",
                "(target - p)",
                "the sign is turned round. This is the direction in which the loss falls; a "
                "gradient points to where it rises: towards more of the wrong characters.",
            ),
            Edit(
                "(p - target)",
                "p",
                "these are the probabilities alone (divided by B). The right character is not in "
                "them: a row of the gradient adds up to 0, and yours does not.",
            ),
            Edit(
                "(p - target)",
                "(y - target)",
                "these are the logits minus the targets. What was predicted are probabilities, and "
                "the logits are not yet any.",
            ),
            Edit(
                BODY,
                """
                e = np.exp(y - np.max(y, axis=0))
                p = e / np.sum(e, axis=0)
                return (p - target) / len(y)
                """,
                "your softmax adds up to 1 down the columns. The characters of one text compete "
                "with each other, the texts of the batch do not: which axis is that?",
            ),
            Edit(
                "/ len(y)",
                "/ y.size",
                "you took the mean over all numbers of the array. The loss is a mean over the B "
                "texts: one number per text, not one per character of the alphabet.",
            ),
            Edit(
                "/ len(y)",
                "/ y.shape[1]",
                "you divided by the number of characters. The loss is a mean over the texts: which "
                "axis counts those?",
            ),
            Edit(
                BODY,
                """
                top = np.max(y, axis=-1, keepdims=True)
                log_sum = top + np.log(np.sum(np.exp(y - top), axis=-1, keepdims=True))
                return np.sum(target * (log_sum - y)) / len(y)
                """,
                "this is the loss itself. Wanted is its slope in each logit: one number per entry "
                "of y. Look at formula 1.",
            ),
        ),
        hints=(
            "Formula 1 needs the probabilities: exponentials, divided by the sum of their own row.",
            "A sum along the characters keeps its place beside the rows if its axis stays, with "
            "length 1.",
            "Before any exponential is taken, make the largest logit of each row 0; at the end, "
            "think of the mean over the batch.",
        ),
    ),
    Exercise(
        rnn_step_backward,
        cases=_step_cases,
        returns=("dh_prev", "dW_xh", "dW_hh"),
        mistakes=(
            Edit(
                "dh_t * (1 - h_t**2)",
                "dh_t",
                "the gradient did not go through tanh. dh_t belongs to what comes out of tanh, the "
                "weights belong to what goes in: formula 3.",
            ),
            Edit(
                "(1 - h_t**2)",
                "(1 - h_prev**2)",
                "the slope of tanh is taken at the wrong step: this step's tanh gave h_t, not "
                "h_prev.",
            ),
            Edit(
                "np.tanh(h_prev @ W_hh + x_t @ W_xh)",
                "h_prev @ W_hh + x_t @ W_xh",
                "you squared what goes into tanh. Its slope is 1 minus the square of what comes "
                "out.",
            ),
            Edit(
                "(1 - h_t**2)",
                "(1 - h_t)",
                "1 - h_t is not the slope of tanh: look at the exponent in formula 3.",
            ),
            Edit(
                "(1 - h_t**2)",
                "(1 - h_t) ** 2",
                "(1 - h)**2 is not 1 - h**2: what is squared in formula 3?",
            ),
            Edit(
                "(1 - h_t**2)",
                "h_t * (1 - h_t)",
                "h (1 - h) is the slope of a sigmoid. Here it was tanh: formula 3.",
            ),
            Edit(
                "da_t @ W_hh.T",
                "da_t @ W_hh",
                "both weights are right, dh_prev is not. Forward, a row was multiplied by W_hh "
                "from the right; on the way back each weight stands at the mirrored place.",
            ),
            Edit(
                "h_prev.T @ da_t",
                "h_t.T @ da_t",
                "dW_hh is not right: which state went *into* W_hh at this step, the one before it "
                "or the one after?",
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
            "All three gradients begin with that of a_t, what goes into tanh: formula 3. For the "
            "slope you need h_t, and it has to be computed first.",
            "From a_t on, only products are undone: once towards the state before, and once for "
            "each of the two weights.",
            "Let the shapes guide you: dW_xh is as large as W_xh, dW_hh as W_hh, and the batch "
            "axis disappears in the sum over the texts.",
        ),
    ),
    Exercise(
        recurrent_gradient,
        cases=_time_cases,
        mistakes=(
            Edit(
                "dW_hh += h",
                "dW_hh = h",
                "only one step is left in the result: each turn of the loop replaces what those "
                "before it found. One weight, many uses: formula 4.",
            ),
            Edit(
                "g[t - 1] + da @ W_hh.T",
                "g[t - 1]",
                "each state hears from its own loss only. What comes back from the step after it "
                "is missing: formula 2, the second term.",
            ),
            Edit(
                "dh * (1 - h[t] ** 2)",
                "dh",
                "nothing goes through tanh: formula 3 belongs in each turn of the loop.",
            ),
            Edit(
                BODY,
                """
                dW_hh = np.zeros_like(W_hh)
                dh = np.zeros_like(h[0])
                for t in range(len(g), 0, -1):
                    dh = g[t - 1] + dh @ W_hh.T
                    da = dh * (1 - h[t] ** 2)
                    dW_hh += h[t - 1].T @ da
                return dW_hh
                """,
                "the gradient of a state is handed on as it is. Between two states there is a "
                "tanh: what is multiplied by W_hh is the gradient of a, not that of h.",
            ),
            Edit(
                "dh * (1 - h[t] ** 2)",
                "g[t - 1] * (1 - h[t] ** 2) + da @ W_hh.T",
                "only a state's own loss goes through tanh, not what comes from the future. Both "
                "arrive at the same h_t: first the sum, then formula 3.",
            ),
            Edit(
                "(1 - h[t] ** 2)",
                "(1 - h[t]) ** 2",
                "(1 - h)**2 is not 1 - h**2: what is squared in formula 3?",
            ),
            Edit(
                "h[t] ** 2",
                "h[t - 1] ** 2",
                "the slope of tanh is taken one state too early: the tanh of a step gave the state "
                "after it. h has one entry more than g, so the two do not count alike.",
            ),
            Edit(
                "W_hh.T",
                "W_hh",
                "on the way back in time rows are multiplied by W_hh, but in which of its two "
                "orientations? Look at formula 2 in rows.",
            ),
            Edit(
                "h[t - 1].T",
                "h[t].T",
                "at step t the weight was multiplied by the state *before* the step. h has one "
                "entry more than g: h[0] was used, h[T] was not.",
            ),
            Edit(
                "return dW_hh",
                "return dW_hh / len(g)",
                "you took the mean over the steps. L is the sum of the losses, and the uses of a "
                "shared weight add up.",
            ),
            Edit(
                "return dW_hh",
                "return dW_hh / h.shape[1]",
                "you took the mean over the texts. g is the gradient of a loss that is a mean over "
                "the batch already: here the texts only add up.",
            ),
            Edit(
                "range(len(g), 0, -1)",
                "range(1, len(g) + 1)",
                "the loop runs forward in time. A gradient comes from the future: begin at the "
                "last step.",
            ),
            Edit(
                "range(len(g), 0, -1)",
                "range(len(g) - 1, 0, -1)",
                "the last step is missing: there are as many steps as entries in g, and the last "
                "of them leads to h[T].",
            ),
            Edit(
                "range(len(g), 0, -1)",
                "range(len(g), 1, -1)",
                "the first step is missing: it leads from h[0] to h[1], and the weight was used "
                "there too.",
            ),
        ),
        hints=(
            "A loop from the last step to the first; it hands the gradient of a_t on to the step "
            "before and begins with zeros: after the end there is no future.",
            "In each turn: formula 2 (own loss plus future), formula 3 (through tanh), and one "
            "term of the sum in formula 4.",
            "Count with t from T down to 1, as in the formulas: h[t] is the state after step t, "
            "h[t - 1] the one before it, g[t - 1] what h_t hears from its own loss.",
        ),
    ),
)

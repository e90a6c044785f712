"""Exercises of notebook 02: one step of a recurrent network, all its states, its parameters."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal


def rnn_step(x_t, h, W_xh, W_hh):
    from_input = x_t @ W_xh
    from_state = h @ W_hh
    return np.tanh(from_input + from_state)


def _steps():
    tiny = (
        np.array([[1.0, 0.5]]),
        np.array([[0.5, -0.5]]),
        np.array([[1.0, 0.0], [0.5, 1.0]]),
        np.array([[0.0, 1.0], [-1.0, 0.5]]),
    )
    shapes = "b m, b n, m n, n n"
    x_t, h, W_xh, W_hh = normal(shapes, seed=1, b=2, m=3, n=2)
    return {
        "one sequence, two units": tiny,
        "an old state of zero": (x_t, 0 * h, W_xh, W_hh),
        "an input of zero": (0 * x_t, h, W_xh, W_hh),
        "a batch of three": normal(shapes, seed=2, b=3, m=2, n=4),
        "a single unit": normal(shapes, seed=3, b=2, m=3, n=1),
        "as many sequences as inputs and units": normal(shapes, seed=4, b=3, m=3, n=3),
    }


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


def rnn_parameters(inputs, units, steps):
    W_xh = inputs * units
    W_hh = units**2
    b = units
    recurrent = W_xh + W_hh + b
    W = steps * inputs * units
    dense = W + b
    return recurrent, dense


def _sizes():
    return {
        "2 inputs, 3 units, 4 steps": (2, 3, 4),
        "more inputs than units": (7, 5, 12),
        "twice as many steps": (7, 5, 24),
        "as many inputs as units": (5, 5, 3),
        "a single step": (6, 4, 1),
    }


_TRANSPOSED = (
    "the recurrent weights are transposed once too often. They are square, so the shapes do not "
    "give it away: row i of W_hh says where unit i sends its value."
)

EXERCISES = (
    Exercise(
        rnn_step,
        cases=_steps,
        mistakes=(
            Edit(
                BODY,
                "return np.tanh(W_xh.T @ x_t + W_hh.T @ h)",
                "that is the formula for columns; here x_t and h are stacks of rows: on which side "
                "of a row does its matrix stand, and is it still transposed?",
            ),
            Edit("h @ W_hh", "h @ W_hh.T", _TRANSPOSED),
            Edit(
                "np.tanh(from_input + from_state)",
                "from_input + from_state",
                "the sum is right; what keeps the state between -1 and 1 is missing.",
            ),
            Edit(
                "np.tanh(from_input + from_state)",
                "np.tanh(from_input) + np.tanh(from_state)",
                "tanh is applied to each part; the formula applies it once, to what?",
            ),
            Edit(
                "from_input + from_state",
                "from_input",
                "the old state plays no part: that is a layer without memory. Which term carries "
                "it?",
            ),
            Edit(
                "from_input + from_state",
                "from_state",
                "the input plays no part: the state talks to itself alone. Which term reads x_t?",
            ),
            Edit(
                "h @ W_hh",
                "h",
                "the old state is added as it is; it passes through its own weights first.",
            ),
            Edit(
                "np.tanh(from_input + from_state)",
                "1 / (1 + np.exp(-(from_input + from_state)))",
                "this squashes to 0 … 1, the logistic function; the formula squashes to -1 … 1.",
            ),
            Edit(
                "np.tanh(from_input + from_state)",
                "np.maximum(0, from_input + from_state)",
                "the negative sums become 0, as ReLU makes them; which function does the formula "
                "apply to the sum?",
            ),
            Edit(
                BODY,
                "return np.tanh(x_t @ W_hh + h @ W_xh)",
                "the two matrices have changed places: W_xh leads from x to h, W_hh from h to h.",
            ),
            Edit(
                BODY,
                "return np.tanh(x_t * W_xh + h * W_hh)",
                "`*` multiplies entry by entry; the formula has matrix products, which also add "
                "up.",
            ),
        ),
        hints=(
            "The formula adds two products and squashes the sum. Which two?",
            "x_t is a stack of rows, so its matrix stands to its right and is not transposed. "
            "Check with the shapes: (batch, inputs) times (inputs, units).",
            "tanh comes last, once, on the sum of both.",
        ),
    ),
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
                "h = np.zeros(",
                "h = np.ones(",
                "the first state is off although the formula is right: which value has h_0?",
            ),
        ),
        hints=(
            "One step you have already written. Here it is repeated: once per step of time, for "
            "the whole batch at once.",
            "Before the loop: a state of zeros for every sequence. In the loop: take step t of all "
            "sequences, compute the new state, collect it.",
            "The collected states have the shape (batch, units) each; time becomes the second "
            "axis of the answer.",
        ),
    ),
    Exercise(
        rnn_parameters,
        cases=_sizes,
        returns=("recurrent", "dense"),
        mistakes=(
            Edit(
                "recurrent = W_xh + W_hh + b",
                "recurrent = steps * (W_xh + W_hh + b)",
                "the weights of the recurrent layer are counted once per step; in the unrolled "
                "graph, how many different W_xh are there?",
            ),
            Edit(
                "recurrent = W_xh + W_hh + b",
                "recurrent = W_xh + b",
                "the loop has weights too: which matrix leads from the old state to the new one?",
            ),
            Edit(
                BODY,
                "return inputs * units + units**2, steps * inputs * units",
                "the biases are missing: Keras adds one number for each unit, in both layers.",
            ),
            Edit(
                BODY,
                "return inputs * units + units**2 + 1, steps * inputs * units + 1",
                "one bias is counted per layer; how many entries does a bias have?",
            ),
            Edit(
                "recurrent = W_xh + W_hh + b",
                "recurrent = W_xh + W_hh + 2 * b",
                "Keras's SimpleRNN has one bias for each unit, not one for each of the two "
                "products.",
            ),
            Edit(
                "W = steps * inputs * units",
                "W = inputs * units",
                "Dense on the flattened sequence sees all steps at once: how long is its input?",
            ),
            Edit(
                "dense = W + b",
                "dense = W + steps * b",
                "Dense has one bias for each unit, however long its input is.",
            ),
            Edit(
                "dense = W + b",
                "dense = W + W_hh + b",
                "Dense has a matrix from state to state in your count; it keeps no state.",
            ),
        ),
        hints=(
            "Which shapes do W_xh, W_hh and the bias have? Count the numbers in each.",
            "Laid out flat, a sequence is one long row: how many numbers does it have? Dense gives "
            "each of them a weight for every unit.",
        ),
    ),
)

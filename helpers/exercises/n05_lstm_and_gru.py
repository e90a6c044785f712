"""Exercises of notebook 05: an adder by hand, the way back through the cell, a forget bias."""

from itertools import combinations

import numpy as np

from helpers.check import Edit, Exercise, normal


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


# --- an LSTM with one unit that adds the marked values ---


def design_adder():
    #        i    f    g    o
    W_x = [
        [0, 0, 0.1, 0],  # from the value
        [20, 0, 0, 0],  # from the mark
    ]
    W_h = [[0, 0, 0, 0]]
    b = [-10, 10, 0, 10]
    W_y = [[10]]
    return W_x, W_h, b, W_y


_SHAPES = {"W_x": (2, 4), "W_h": (1, 4), "b": (4,), "W_y": (1, 1)}


def _arrays(answer):
    if not isinstance(answer, tuple | list) or len(answer) != len(_SHAPES):
        return None, "Return four things: W_x, W_h, b, W_y."
    arrays = []
    for (name, shape), value in zip(_SHAPES.items(), answer, strict=True):
        try:
            array = np.asarray(value, float)
        except (TypeError, ValueError):
            return None, f"{name} is not an array of numbers."
        if array.shape != shape:
            return None, f"{name} has the shape {array.shape}, expected {shape}."
        if not np.all(np.isfinite(array)):
            return None, f"{name} holds a number that is not finite."
        arrays.append(array)
    return arrays, None


def _sequences(steps, count=400):
    rng = np.random.default_rng(5)
    value = rng.random((count, steps))
    mark = np.zeros((count, steps))
    rows = np.arange(count)
    mark[rows, rng.integers(0, steps // 2, count)] = 1
    mark[rows, rng.integers(steps // 2, steps, count)] = 1
    return np.stack([value, mark], axis=-1)


def _run(x, W_x, W_h, b, W_y):
    h = np.zeros((len(x), 1))
    c = np.zeros((len(x), 1))
    seen = []
    with np.errstate(over="ignore"):
        for x_t in x.swapaxes(0, 1):
            i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)
            i, f, o = sigmoid(i), sigmoid(f), sigmoid(o)
            g = np.tanh(g)
            c = f * c + i * g
            h = o * np.tanh(c)
            seen.append((i, f, g, o, c))
    seen = [np.stack(part)[..., 0].T for part in zip(*seen, strict=True)]
    return (h @ W_y)[:, 0], *seen


def _error(answer, steps):
    """Give the error as a part of the best constant's, and what gates and cell did."""
    x = _sequences(steps)
    y = (x[..., 0] * x[..., 1]).sum(axis=1)
    guess, *seen = _run(x, *_arrays(answer)[0])
    return np.mean((guess - y) ** 2) / y.var(), x, seen, guess, y


def _shapes(answer):
    return _arrays(answer)[1]


def _adds(answer):
    error, x, (i, f, g, o, c), guess, y = _error(answer, 40)
    if error < 0.01:
        return None
    size = f"{error:.0f}" if error > 99 else f"{error:.2g}"
    said = f"After 40 steps its error is {size} of the best constant's; below 0.01 is wanted."
    marked = x[..., 1] == 1
    kept = f[~marked].mean()
    if kept**20 < 0.97:
        return (
            f"{said} The forget gate keeps {kept:.3f} of the cell at each step, which leaves "
            f"{kept**20:.2f} of it after 20 steps: is it open?"
        )
    if f[marked].mean() < 0.97:
        return (
            f"{said} At a mark the forget gate is at {f[marked].mean():.2f}: the second mark "
            "then erases what the first one wrote."
        )
    written = i * g
    at_marks = np.abs(written[marked]).mean()
    elsewhere = np.abs(written[~marked]).mean()
    if elsewhere > 0.005 * max(at_marks, 1e-4):
        return (
            f"{said} Without a mark it writes {elsewhere:.2g} per step, at a mark {at_marks:.2g}: "
            "when is the input gate shut?"
        )
    if at_marks < 1e-4 or np.std(written[marked]) < 1e-5:
        return f"{said} At a mark, hardly anything of the value is written: look at i and g."
    if np.abs(np.corrcoef(written[marked], x[marked, 0])[0, 1]) < 0.97:
        return (
            f"{said} What is written at a mark does not go with the value: which row of W_x "
            "belongs to the value, which to the mark?"
        )
    slope, offset = np.polyfit(x[marked, 0], written[marked], 1)
    if np.abs(offset) > 0.15 * np.abs(slope):
        return (
            f"{said} At a mark with the value 0 it would write about {offset:.2g}, and 0 is "
            "wanted there: what does the candidate add to the value?"
        )
    if np.abs(c[:, -1]).max() > 0.5:
        return (
            f"{said} The cell reaches {np.abs(c[:, -1]).max():.2g}, and tanh bends there: write "
            "smaller numbers, and let W_y make them large again."
        )
    last = o[:, -1]
    if last.min() < 0.9:
        return (
            f"{said} The cell holds the sum, and at the last step the output gate is at "
            f"{last.min():.2g}: what does it show of the cell there, mark or no mark?"
        )
    relation = "sign" if guess.mean() < 0 else "size"
    return (
        f"{said} It answers {guess.mean():.2f} where the sum is {y.mean():.2f}, on average: gates "
        f"and cell do their part, so look at the {relation} of W_y."
    )


def _holds(answer):
    error, x, (_, f, *_), *_ = _error(answer, 500)
    if error < 0.03:
        return None
    kept = f[x[..., 1] == 0].mean()
    return (
        f"After 500 steps its error is {error:.2g} of the best constant's; below 0.03 is wanted. "
        f"A forget gate of {kept:.4f} leaves {kept**250:.2f} of the cell after 250 steps, and "
        "whatever leaks through the input gate is added 500 times."
    )


# --- the way back through one step ---


def cell_backward(dh, dc, c, i, f, g, o, c_t):
    shown = np.tanh(c_t)
    dc_t = dc + dh * o * (1 - shown**2)
    da_i = dc_t * g * i * (1 - i)
    da_f = dc_t * c * f * (1 - f)
    da_g = dc_t * i * (1 - g**2)
    da_o = dh * shown * o * (1 - o)
    da = np.concatenate([da_i, da_f, da_g, da_o], axis=-1)
    return dc_t, da


_THREE = """da_i = dc_t * g * i * (1 - i)
    da_f = dc_t * c * f * (1 - f)
    da_g = dc_t * i * (1 - g**2)"""


def _only_from_the_right(*names):
    slip = _THREE
    for name in names:
        slip = slip.replace(f"{name} = dc_t", f"{name} = dc")
    who = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
    return Edit(
        _THREE,
        slip,
        f"in {who} stands only what comes from the right, dc. The gates and the candidate get "
        "the whole gradient of c_t.",
    )


def _cell(seed, b, n):
    dh, dc, c, *sums = normal(", ".join(["b n"] * 7), seed=seed, b=b, n=n)
    i, f, o = sigmoid(sums[0]), sigmoid(sums[1]), sigmoid(sums[3])
    g = np.tanh(sums[2])
    return dh, dc, c, i, f, g, o, f * c + i * g


def _cell_cases():
    by_hand = 1.0, 0.0, 2.0, 0.5, 0.75, -0.8, 0.25, 1.1
    from_the_right = 0.0, 1.0, 2.0, 0.5, 0.75, -0.8, 0.25, 1.1
    return {
        "one unit, a gradient of h_t": tuple(np.array([[v]]) for v in by_hand),
        "one unit, a gradient of c_t": tuple(np.array([[v]]) for v in from_the_right),
        "one text, two units": _cell(1, 1, 2),
        "a batch of four": _cell(2, 4, 3),
    }


# --- the bias that keeps half of the memory for k steps ---


def forget_bias(k):
    f = 0.5 ** (1 / k)
    return np.log(f / (1 - f))


def _bias_cases():
    return {
        "one step": (1,),
        "two steps": (2,),
        "a day of half hours": (48,),
        "a thousand steps": (1000,),
    }


EXERCISES = (
    Exercise(
        design_adder,
        cases=lambda: {"your weights": ()},
        mistakes=(),
        goals={
            "the shapes": _shapes,
            "the marked sum after 40 steps": _adds,
            "the marked sum after 500 steps": _holds,
        },
        hints=(
            "Three gates can be set almost without weights: which two stay open at every step, "
            "and so need only a large bias?",
            "The input gate must tell a mark (1) from no mark (0): a large negative bias, and a "
            "weight from the mark that more than undoes it.",
            "The candidate carries the value; tanh is nearly straight for small numbers only, so "
            "write a tenth of the value and let W_y make it ten times larger.",
        ),
    ),
    Exercise(
        cell_backward,
        cases=_cell_cases,
        returns=("dc_t", "da"),
        mistakes=(
            Edit(
                "dc + dh * o * (1 - shown**2)",
                "dc",
                "the share that reaches the cell through h_t is missing: the cell also shows "
                "itself, by the output gate and tanh.",
            ),
            Edit(
                "dc + dh * o * (1 - shown**2)",
                "dh * o * (1 - shown**2)",
                "what comes from the right along the road, dc, is lost: two ways lead back into "
                "c_t, and their gradients add up.",
            ),
            Edit(
                "dc + dh * o * (1 - shown**2)",
                "dc + dh * o",
                "between c_t and h_t stands a tanh, whose derivative is missing.",
            ),
            Edit(
                "dc + dh * o * (1 - shown**2)",
                "dc + dh * (1 - shown**2)",
                "on the way from h_t to c_t stands a product with the output gate: the other "
                "factor is missing.",
            ),
            Edit(
                "dc_t * c * f * (1 - f)",
                "dc_t * c_t * f * (1 - f)",
                "the forget gate multiplies the old memory, not the new one. Look at what enters "
                "its product.",
            ),
            Edit(
                "dc_t * i * (1 - g**2)",
                "dc_t * i * g * (1 - g)",
                "the candidate goes through tanh, not through a sigmoid: its derivative is another "
                "one.",
            ),
            Edit(
                "dc_t * g * i * (1 - i)",
                "dc_t * g",
                "da_i is the gradient of the gate. What is wanted is that of the sum before its "
                "sigmoid.",
            ),
            Edit(
                "da_i = dc_t * g * i * (1 - i)\n    da_f = dc_t * c * f * (1 - f)\n"
                "    da_g = dc_t * i * (1 - g**2)\n    da_o = dh * shown * o * (1 - o)",
                "da_i, da_f, da_g, da_o = dc_t * g, dc_t * c, dc_t * i, dh * shown",
                "these are the gradients of the gates and of the candidate themselves. Each still "
                "has to pass its sigmoid or tanh.",
            ),
            Edit(
                "dh * shown * o * (1 - o)",
                "dh * c_t * o * (1 - o)",
                "the output gate multiplies tanh(c_t), not c_t: that is the other factor.",
            ),
            Edit(
                "dh * shown * o * (1 - o)",
                "dc_t * shown * o * (1 - o)",
                "the output gate acts on what is shown, so its gradient comes from h_t, not from "
                "c_t.",
            ),
            *(
                _only_from_the_right(*names)
                for count in (1, 2, 3)
                for names in combinations(("da_i", "da_f", "da_g"), count)
            ),
            Edit(
                _THREE,
                _THREE.replace("dc_t * g * i", "dc_t * i * i").replace(
                    "dc_t * i * (1 - g", "dc_t * g * (1 - g"
                ),
                "i and g are multiplied with one another: each of them gets the gradient times "
                "the other one.",
            ),
            Edit(
                "dc_t * g * i * (1 - i)",
                "dc_t * i * i * (1 - i)",
                "the input gate multiplies the candidate: its gradient is dc_t times that other "
                "factor.",
            ),
            Edit(
                "dc_t * i * (1 - g**2)",
                "dc_t * g * (1 - g**2)",
                "the candidate is multiplied by the input gate: its gradient is dc_t times that "
                "other factor.",
            ),
            *(
                Edit(
                    f"{gate} * (1 - {gate})",
                    f"(1 - {gate}**2)",
                    f"{gate} went through a sigmoid, not through tanh: its derivative is another "
                    "one.",
                )
                for gate in "ifo"
            ),
            Edit(
                "[da_i, da_f, da_g, da_o]",
                "[da_f, da_i, da_g, da_o]",
                "the first two blocks are mixed up. Look at the order of Keras's blocks.",
            ),
            Edit(
                "[da_i, da_f, da_g, da_o]",
                "[da_i, da_f, da_o, da_g]",
                "the last two blocks are mixed up. Look at the order of Keras's blocks.",
            ),
            Edit(
                "dc + dh * o * (1 - shown**2)",
                "dc * f + dh * o * (1 - shown**2)",
                "the forget gate stands between c_{t-1} and c_t, not to the right of c_t: dc "
                "arrives here whole, and the loop multiplies by f on the way to c_{t-1}.",
            ),
            Edit(
                "return dc_t, da",
                "return dc_t * f, da",
                "dc_t is the gradient of c_t. The step to c_{t-1}, times the forget gate, is the "
                "loop's.",
            ),
        ),
        hints=(
            "Start at h_t, a product of the gate and of tanh(c_t): what gets the gate, what goes "
            "on through tanh into the cell?",
            "Two gradients arrive in c_t: the one from the right, and the one that came down "
            "through h_t. Add them first; the other three use the sum.",
            "In c_t there are two products. In each, a factor gets the gradient times the other "
            "factor; then comes its own squashing function.",
        ),
    ),
    Exercise(
        forget_bias,
        cases=_bias_cases,
        mistakes=(
            Edit(
                "np.log(f / (1 - f))",
                "f",
                "this is the gate, a share between 0 and 1. Asked is the bias: which sum does the "
                "sigmoid turn into this share?",
            ),
            Edit(
                "np.log(f / (1 - f))",
                "np.log(f)",
                "the logarithm alone undoes an exponential, not a sigmoid. Solve f = 1 / (1 + "
                "exp(-b)) for b.",
            ),
            Edit(
                "np.log(f / (1 - f))",
                "np.log((1 - f) / f)",
                "the sign is wrong: this bias shuts the gate as far as it should be open.",
            ),
            Edit(
                "np.log(f / (1 - f))",
                "1 / (1 + np.exp(-f))",
                "the sigmoid was applied once more. It has to be undone.",
            ),
            Edit(
                "0.5 ** (1 / k)",
                "0.5 / k",
                "k steps multiply by the gate k times: half is left when f to the power k is one "
                "half.",
            ),
            Edit(
                "0.5 ** (1 / k)",
                "1 - 0.5 / k",
                "a half divided among k steps would be right if each step took off the same "
                "amount. Each step takes the same share of what is left.",
            ),
            Edit(
                "0.5 ** (1 / k)",
                "0.5**k",
                "this gate is shut the more, the longer the memory. Which f, multiplied with "
                "itself k times, gives one half?",
            ),
            Edit(
                "0.5 ** (1 / k)",
                "np.exp(-1 / k)",
                "this keeps a share of 1/e, about 0.37, for k steps. Asked is one half.",
            ),
        ),
        hints=(
            "Two questions, one after the other: how far must the gate be open, and which sum "
            "opens it so far?",
            "One step keeps the share f, so k steps keep f to the power k. Set that to one half.",
            "Then undo the sigmoid. By hand: one step wants f = 1/2, and the sum is 0.",
        ),
    ),
)

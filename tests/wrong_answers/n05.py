"""Wrong answers to the exercises of notebook 05: an adder, the way back, the forget bias."""

import numpy as np


def design_adder__keras_s_start():
    """The forget gate has Keras's bias of 1: it fades."""
    return [[0, 0, 0.1, 0], [20, 0, 0, 0]], [[0, 0, 0, 0]], [-10, 1, 0, 10], [[10]]


def design_adder__always_writes():
    """The input gate is open at every step."""
    return [[0, 0, 0.1, 0], [0, 0, 0, 0]], [[0, 0, 0, 0]], [10, 10, 0, 10], [[10]]


def design_adder__the_input_gate_is_never_quite_shut():
    """Without a mark the gate is at 0.12, and 38 such steps add up."""
    return [[0, 0, 0.1, 0], [4, 0, 0, 0]], [[0, 0, 0, 0]], [-2, 10, 0, 10], [[10]]


def design_adder__blocks_as_in_papers():
    """The order i, f, o, g."""
    return [[0, 0, 0, 0.1], [20, 0, 0, 0]], [[0, 0, 0, 0]], [-10, 10, 10, 0], [[10]]


def design_adder__rows_swapped():
    """The mark was taken for the first input."""
    return [[20, 0, 0, 0], [0, 0, 0.1, 0]], [[0, 0, 0, 0]], [-10, 10, 0, 10], [[10]]


def design_adder__the_value_as_it_is():
    """The candidate is tanh(value): it bends, and so does what the cell shows."""
    return [[0, 0, 1, 0], [20, 0, 0, 0]], [[0, 0, 0, 0]], [-10, 10, 0, 10], [[1]]


def design_adder__closed_output_gate():
    """The output gate stays at one half, and W_y was not doubled."""
    return [[0, 0, 0.1, 0], [20, 0, 0, 0]], [[0, 0, 0, 0]], [-10, 10, 0, 0], [[10]]


def design_adder__shows_at_marks_only():
    """The output gate is open at a mark, and the last step seldom has one."""
    return [[0, 0, 0.1, 0], [20, 0, 0, 20]], [[0, 0, 0, 0]], [-10, 10, 0, -10], [[10]]


def design_adder__forgets_at_marks():
    """A mark shuts the forget gate: only the second value is left."""
    return [[0, 0, 0.1, 0], [20, -20, 0, 0]], [[0, 0, 0, 0]], [-10, 10, 0, 10], [[10]]


def design_adder__a_bias_on_the_candidate():
    """The candidate is tanh(value / 10 + 1): every mark adds a constant."""
    return [[0, 0, 0.1, 0], [20, 0, 0, 0]], [[0, 0, 0, 0]], [-10, 10, 1, 10], [[10]]


def design_adder__not_made_large_again():
    """W_y does not undo the tenth."""
    return [[0, 0, 0.1, 0], [20, 0, 0, 0]], [[0, 0, 0, 0]], [-10, 10, 0, 10], [[1]]


def design_adder__turned_round():
    """W_y makes the sum large again, with the wrong sign."""
    return [[0, 0, 0.1, 0], [20, 0, 0, 0]], [[0, 0, 0, 0]], [-10, 10, 0, 10], [[-10]]


def design_adder__leaks_in_the_long_run():
    """Good for 40 steps, not for 500: a forget gate of 0.9994."""
    return [[0, 0, 0.1, 0], [20, 0, 0, 0]], [[0, 0, 0, 0]], [-10, 7.5, 0, 10], [[10]]


def design_adder__bias_as_a_row():
    """b has two axes."""
    return [[0, 0, 0.1, 0], [20, 0, 0, 0]], [[0, 0, 0, 0]], [[-10, 10, 0, 10]], [[10]]


def design_adder__three_things():
    """W_y is forgotten."""
    return [[0, 0, 0.1, 0], [20, 0, 0, 0]], [[0, 0, 0, 0]], [-10, 10, 0, 10]


def design_adder__a_word_for_a_number():
    """A gate is described, not set."""
    return [[0, 0, 0.1, 0], ["open", 0, 0, 0]], [[0, 0, 0, 0]], [-10, 10, 0, 10], [[10]]


def cell_backward__nothing_squashed(dh, dc, c, i, f, g, o, c_t):
    """No derivative of a squashing function anywhere, that of tanh(c_t) included."""
    dc = dc + dh * o
    return dc, np.concatenate([dc * g, dc * c, dc * i, dh * np.tanh(c_t)], axis=-1)


def cell_backward__forgets_twice(dh, dc, c, i, f, g, o, c_t):
    """The step through the forget gate is taken here, before the share of h_t is added."""
    s = np.tanh(c_t)
    dc = dc * f + dh * o * (1 - s**2)
    return dc, np.concatenate(
        [dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g**2), dh * s * o * (1 - o)],
        axis=-1,
    )


def cell_backward__stacked(dh, dc, c, i, f, g, o, c_t):
    """The four blocks are stacked on an axis of their own."""
    s = np.tanh(c_t)
    dc = dc + dh * o * (1 - s**2)
    blocks = [dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g**2), dh * s * o * (1 - o)]
    return dc, np.stack(blocks)


def cell_backward__one_below_the_other(dh, dc, c, i, f, g, o, c_t):
    """np.concatenate without an axis puts the blocks below one another."""
    s = np.tanh(c_t)
    dc = dc + dh * o * (1 - s**2)
    return dc, np.concatenate(
        [dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g**2), dh * s * o * (1 - o)]
    )


def cell_backward__only_the_blocks(dh, dc, c, i, f, g, o, c_t):
    """dc_t is not returned."""
    s = np.tanh(c_t)
    dc = dc + dh * o * (1 - s**2)
    return np.concatenate(
        [dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g**2), dh * s * o * (1 - o)],
        axis=-1,
    )


def cell_backward__factors_not_swapped(dh, dc, c, i, f, g, o, c_t):
    """A factor gets the gradient times itself instead of times the other factor."""
    s = np.tanh(c_t)
    dc = dc + dh * o * (1 - s**2)
    return dc, np.concatenate(
        [dc * i * i * (1 - i), dc * f * f * (1 - f), dc * g * (1 - g**2), dh * o * o * (1 - o)],
        axis=-1,
    )


def cell_backward__cell_of_before_shown(dh, dc, c, i, f, g, o, c_t):
    """tanh of the old cell instead of the new one."""
    s = np.tanh(c)
    dc = dc + dh * o * (1 - s**2)
    return dc, np.concatenate(
        [dc * g * i * (1 - i), dc * c * f * (1 - f), dc * i * (1 - g**2), dh * s * o * (1 - o)],
        axis=-1,
    )


def cell_backward__derivative_of_tanh_of_tanh(dh, dc, c, i, f, g, o, c_t):
    """tanh' is taken at tanh(g) although g has been through tanh already."""
    s = np.tanh(c_t)
    dc = dc + dh * o * (1 - s**2)
    d_g = dc * i * (1 - np.tanh(g) ** 2)
    return dc, np.concatenate(
        [dc * g * i * (1 - i), dc * c * f * (1 - f), d_g, dh * s * o * (1 - o)], axis=-1
    )


def _cell_backward(dh, dc, c, i, f, g, o, c_t, **slip):
    """The right answer, but for the gradients that are given."""
    s = np.tanh(c_t)
    whole = dc + dh * o * (1 - s**2)
    da = {
        "da_i": whole * g * i * (1 - i),
        "da_f": whole * c * f * (1 - f),
        "da_g": whole * i * (1 - g**2),
        "da_o": dh * s * o * (1 - o),
    }
    return whole, np.concatenate(list((da | slip).values()), axis=-1)


def cell_backward__only_from_the_right(dh, dc, c, i, f, g, o, c_t):
    """dc in place of dc_t in all three lines."""
    return _cell_backward(
        dh, dc, c, i, f, g, o, c_t,
        da_i=dc * g * i * (1 - i), da_f=dc * c * f * (1 - f), da_g=dc * i * (1 - g**2),
    )  # fmt: skip


def cell_backward__two_only_from_the_right(dh, dc, c, i, f, g, o, c_t):
    """dc in place of dc_t in the lines of f and g."""
    return _cell_backward(
        dh, dc, c, i, f, g, o, c_t, da_f=dc * c * f * (1 - f), da_g=dc * i * (1 - g**2)
    )


def cell_backward__candidate_only_from_the_right(dh, dc, c, i, f, g, o, c_t):
    """dc in place of dc_t in the line of g."""
    return _cell_backward(dh, dc, c, i, f, g, o, c_t, da_g=dc * i * (1 - g**2))


def cell_backward__i_and_g_exchanged(dh, dc, c, i, f, g, o, c_t):
    """Each factor of the product gets itself, not the other one."""
    return _cell_backward(
        dh, dc, c, i, f, g, o, c_t,
        da_i=(dc + dh * o * (1 - np.tanh(c_t) ** 2)) * i * i * (1 - i),
        da_g=(dc + dh * o * (1 - np.tanh(c_t) ** 2)) * g * (1 - g**2),
    )  # fmt: skip


def cell_backward__output_gate_through_tanh(dh, dc, c, i, f, g, o, c_t):
    """The output gate's derivative is that of tanh."""
    return _cell_backward(dh, dc, c, i, f, g, o, c_t, da_o=dh * np.tanh(c_t) * (1 - o**2))


def forget_bias__the_loss_instead_of_what_is_kept(k):
    """f is taken as the share that is lost."""
    f = 1 - 0.5 ** (1 / k)
    return np.log(f / (1 - f))


def forget_bias__linear(k):
    """A bias that grows like k."""
    return k * np.log(2)


def forget_bias__log_k(k):
    """A rule of thumb: the logarithm of the number of steps."""
    return np.log(k)


def forget_bias__log_base_two(k):
    """The logarithm to the base 2."""
    f = 0.5 ** (1 / k)
    return np.log2(f / (1 - f))


def forget_bias__rounded(k):
    """Rounded to one digit."""
    f = 0.5 ** (1 / k)
    return round(float(np.log(f / (1 - f))), 1)


def forget_bias__a_tenth(k):
    """A tenth is left instead of one half."""
    f = 0.1 ** (1 / k)
    return np.log(f / (1 - f))

"""Wrong answers to the exercises of notebook 03: wanted outputs, one step back, all the way."""

import numpy as np


def wanted_outputs__what_comes_out():
    """The outputs themselves: no gradient, but no mistake either."""
    return 1, 1, 1


def wanted_outputs__only_the_last_is_off():
    return 1.0, 1.0, 2.0


def wanted_outputs__errors_in_place_of_outputs():
    """The errors are right, but they are not the wanted outputs."""
    return 0.824, -1.824, 1.0


def wanted_outputs__only_w_hh_is_silent():
    """w_hh has no gradient, w_xh has one."""
    return 3.0, 2.824, 0.0


def wanted_outputs__without_the_future():
    """Steps 2 and 3 cancel only if nothing comes back in time."""
    return 2.0, 2.0, 0.0


def wanted_outputs__errors_of_the_wrong_sign():
    """Every error cancels with the sign of only one turned."""
    return 1.824, 2.824, 0.0


def wanted_outputs__a_single_number():
    return 0.5


def wanted_outputs__infinite():
    return np.inf, -np.inf, np.inf


def wanted_outputs__a_text():
    return "0.18, 2.82, 0"


def rnn_step_backward__weight_gradient_transposed(x_t, h_prev, h_t, W_hh, dh_t):
    """The gradients of the weights are transposed."""
    da = (1 - h_t**2) * dh_t
    return da @ W_hh.T, da.T @ x_t, da.T @ h_prev


def rnn_step_backward__order_of_results(x_t, h_prev, h_t, W_hh, dh_t):
    """The gradients come back in the wrong order: weights first."""
    da = (1 - h_t**2) * dh_t
    dW_xh = x_t.T @ da
    dW_hh = h_prev.T @ da
    dh_prev = da @ W_hh.T
    return dW_xh, dW_hh, dh_prev


def rnn_step_backward__one_weight_without_tanh(x_t, h_prev, h_t, W_hh, dh_t):
    """The gradient of W_xh does not go through tanh; the other two do."""
    da_t = dh_t * (1 - h_t**2)
    return da_t @ W_hh.T, x_t.T @ dh_t, h_prev.T @ da_t


def rnn_step_backward__mean_over_the_batch(x_t, h_prev, h_t, W_hh, dh_t):
    """The gradients of the weights are divided by the batch size."""
    da_t = dh_t * (1 - h_t**2)
    B = len(x_t)
    return da_t @ W_hh.T, x_t.T @ da_t / B, h_prev.T @ da_t / B


def rnn_step_backward__slope_of_a_sigmoid(x_t, h_prev, h_t, W_hh, dh_t):
    """The slope is that of a sigmoid, h (1 - h)."""
    da = dh_t * h_t * (1 - h_t)
    return da @ W_hh.T, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__slope_at_the_old_state(x_t, h_prev, h_t, W_hh, dh_t):
    """The slope is taken at the state before the step."""
    da = dh_t * (1 - h_prev**2)
    return da @ W_hh.T, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__tanh_twice(x_t, h_prev, h_t, W_hh, dh_t):
    """tanh is applied a second time inside the slope."""
    da = dh_t * (1 - np.tanh(h_t) ** 2)
    return da @ W_hh.T, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__elementwise_with_the_matrix(x_t, h_prev, h_t, W_hh, dh_t):
    """`*` with W_hh stands where a matrix product is needed."""
    da = dh_t * (1 - h_t**2)
    return da * W_hh, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__forgets_dh_prev(x_t, h_prev, h_t, W_hh, dh_t):
    """Only the two gradients of the weights are returned."""
    da = dh_t * (1 - h_t**2)
    return x_t.T @ da, h_prev.T @ da


def rnn_step_backward__matrix_of_slopes(x_t, h_prev, h_t, W_hh, dh_t):
    """`@` stands where the slope multiplies element by element."""
    da = (1 - h_t**2) @ dh_t
    return da @ W_hh.T, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__not_transposed_on_the_way_back(x_t, h_prev, h_t, W_hh, dh_t):
    da = (1 - h_t**2) * dh_t
    return da @ W_hh, x_t.T @ da, h_prev.T @ da


def all_the_way(x, h, dy, W_hh, W_hy, **change):
    """The way back with one thing changed."""
    dW_xh = np.zeros((x.shape[2], h.shape[2]))
    dW_hh, dW_hy = np.zeros_like(W_hh), np.zeros_like(W_hy)
    da = np.zeros_like(h[0])
    for t in change.get("steps", range(len(x), 0, -1)):
        own, future = dy[t - 1] @ W_hy.T, da @ W_hh.T
        slope = 1 - h[t + change.get("slope", 0)] ** 2
        da = own * slope + future if "bracket" in change else (own + future) * slope
        dW_xh += x[t - 1].T @ da
        dW_hh += h[t - 1 + change.get("into", 0)].T @ da
        dW_hy += h[t + change.get("out", 0)].T @ dy[t - 1]
    return dW_xh, dW_hh, dW_hy


def bptt__first_step_missing(x, h, dy, W_hh, W_hy):
    return all_the_way(x, h, dy, W_hh, W_hy, steps=range(len(x), 1, -1))


def bptt__last_step_missing(x, h, dy, W_hh, W_hy):
    return all_the_way(x, h, dy, W_hh, W_hy, steps=range(len(x) - 1, 0, -1))


def bptt__forward_in_time(x, h, dy, W_hh, W_hy):
    return all_the_way(x, h, dy, W_hh, W_hy, steps=range(1, len(x) + 1))


def bptt__slope_at_the_old_state(x, h, dy, W_hh, W_hy):
    return all_the_way(x, h, dy, W_hh, W_hy, slope=-1)


def bptt__state_after_the_step(x, h, dy, W_hh, W_hy):
    """What came out of the step stands where what went into W_hh is meant."""
    return all_the_way(x, h, dy, W_hh, W_hy, into=1)


def bptt__output_of_the_old_state(x, h, dy, W_hh, W_hy):
    return all_the_way(x, h, dy, W_hh, W_hy, out=-1)


def bptt__slope_on_own_loss_only(x, h, dy, W_hh, W_hy):
    """A bracket is missing: what comes from the future does not go through tanh."""
    return all_the_way(x, h, dy, W_hh, W_hy, bracket=True)


def bptt__dy_index(x, h, dy, W_hh, W_hy):
    """dy[t] is used where dy[t - 1] is meant."""
    dW_xh, dW_hh, dW_hy = np.zeros((x.shape[2], h.shape[2])), 0, 0
    da = np.zeros_like(h[0])
    for t in range(len(x), 0, -1):
        da = (dy[t] @ W_hy.T + da @ W_hh.T) * (1 - h[t] ** 2)
        dW_xh += x[t - 1].T @ da
        dW_hh = dW_hh + h[t - 1].T @ da
        dW_hy = dW_hy + h[t].T @ dy[t]
    return dW_xh, dW_hh, dW_hy


def bptt__results_transposed(x, h, dy, W_hh, W_hy):
    return [g.T for g in all_the_way(x, h, dy, W_hh, W_hy)]


def bptt__mean_over_the_batch(x, h, dy, W_hh, W_hy):
    return [g / x.shape[1] for g in all_the_way(x, h, dy, W_hh, W_hy)]


def bptt__order_of_results(x, h, dy, W_hh, W_hy):
    return all_the_way(x, h, dy, W_hh, W_hy)[::-1]


def bptt__counts_the_axis_of_the_batch(x, h, dy, W_hh, W_hy):
    """The loop goes over the texts, not over the steps."""
    return all_the_way(x, h, dy, W_hh, W_hy, steps=range(x.shape[1], 0, -1))


def bptt__collected_in_one_array(x, h, dy, W_hh, W_hy):
    """One sum for all three weights: their shapes differ."""
    total = np.zeros_like(W_hh)
    for g in all_the_way(x, h, dy, W_hh, W_hy):
        total += g
    return total, total, total


def bptt__only_the_last_loss(x, h, dy, W_hh, W_hy):
    """Only the last state hears its own loss; the others hear the future alone."""
    only_last = np.zeros_like(dy)
    only_last[-1] = dy[-1]
    dW_xh, dW_hh, _ = all_the_way(x, h, only_last, W_hh, W_hy)
    return dW_xh, dW_hh, all_the_way(x, h, dy, W_hh, W_hy)[2]


def bptt__state_s_gradient_is_the_weight_s(x, h, dy, W_hh, W_hy):
    """The gradient of W_hh is handed on as the future: it fits where B = N only."""
    dW_xh, dW_hh, dW_hy = np.zeros((x.shape[2], h.shape[2])), 0, 0
    future = np.zeros_like(h[0])
    for t in range(len(x), 0, -1):
        da = (1 - h[t] ** 2) * (dy[t - 1] @ W_hy.T + future)
        dW_xh += x[t - 1].T @ da
        dW_hh = dW_hh + h[t - 1].T @ da
        dW_hy = dW_hy + h[t].T @ dy[t - 1]
        future = h[t - 1].T @ da
    return dW_xh, dW_hh, dW_hy


def rnn_step_backward__sweep_copied(x_t, h_prev, h_t, W_hh, dh_t):
    """One turn of the scalar sweep, as it stands."""
    da_t = (1 - h_t**2) * dh_t
    dW_xh = da_t * x_t
    dW_hh = da_t * h_prev
    return W_hh * da_t, dW_xh, dW_hh


def rnn_step_backward__outer_product(x_t, h_prev, h_t, W_hh, dh_t):
    """np.outer, which is right for one text only."""
    da_t = (1 - h_t**2) * dh_t
    return da_t @ W_hh.T, np.outer(x_t, da_t), np.outer(h_prev, da_t)


def rnn_step_backward__both_weights_without_tanh(x_t, h_prev, h_t, W_hh, dh_t):
    """The way to the state goes through tanh, those to the weights do not."""
    return ((1 - h_t**2) * dh_t) @ W_hh.T, x_t.T @ dh_t, h_prev.T @ dh_t


def wanted_outputs__what_the_states_hear():
    return 0.0, -2.0, 2.0

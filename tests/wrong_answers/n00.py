"""Wrong answers to the exercise of notebook 00: a neuron."""

import numpy as np


def neuron__returns_inside_the_loop(x, w, b):
    """The return stands inside the loop: only the first example is answered."""
    y = []
    for row in x:
        total = 0
        for j in range(len(w)):
            total += row[j] * w[j]
        y.append(total + b)
        return y


def neuron__subtracts_the_bias(x, w, b):
    """The bias is subtracted instead of added."""
    return np.dot(x, w) - b


def neuron__mean_instead_of_sum(x, w, b):
    """The mean over j stands where the sum belongs."""
    return np.mean(x * w, axis=1) + b


def neuron__total_never_reset(x, w, b):
    """The running total is set to zero once, not for each example."""
    n, d = x.shape
    y = np.zeros(n)
    total = 0
    for i in range(n):
        for j in range(d):
            total = total + x[i, j] * w[j]
        y[i] = total + b
    return y


def neuron__bias_in_the_inner_loop(x, w, b):
    """The bias is added once per weight, inside the inner loop."""
    y = []
    for i in range(len(x)):
        s = 0
        for j in range(len(w)):
            s += x[i][j] * w[j] + b
        y.append(s)
    return np.array(y)


def neuron__inner_loop_over_examples(x, w, b):
    """The inner loop runs over the number of examples, not of weights."""
    y = np.zeros(len(x))
    for i in range(len(x)):
        for j in range(len(x)):
            y[i] += w[j] * x[i, j]
    return y + b


def neuron__whole_numbers(x, w, b):
    """The answers are stored in an array of integers, which cuts their fractions."""
    y = np.zeros(x.shape[0], dtype=int)
    for i in range(x.shape[0]):
        y[i] = x[i] @ w + b
    return y


def neuron__keeps_a_column(x, w, b):
    """The answer is a column (n, 1) instead of (n,)."""
    return x @ w.reshape(-1, 1) + b


def neuron__last_weight_left_out(x, w, b):
    """The loop over j stops one short, so the last weight is left out."""
    y = []
    for row in x:
        s = b
        for j in range(0, len(w) - 1):
            s = s + row[j] * w[j]
        y.append(s)
    return y


def neuron__activation_added(x, w, b):
    """A sigmoid is applied, which the formula does not have."""
    z = x @ w + b
    return 1 / (1 + np.exp(-z))


def neuron__capital_w(x, w, b):
    """The weights are called W, a name that does not exist."""
    return np.dot(x, W) + b

"""Wrong answers to the exercises of notebook 15: a patch, three layers, the receptive field."""

import numpy as np


def patch_neuron__patch_too_large(x, w, b, p, q, stride):
    """The slice ends one too late."""
    k = w.shape[0]
    patch = x[stride * p : stride * p + k + 1, stride * q : stride * q + k + 1]
    return np.sum(w * patch) + b


def patch_neuron__first_weights_skipped(x, w, b, p, q, stride):
    """The sums start at 1, so the first row and column of w are skipped."""
    z = 0
    for i in range(1, w.shape[0]):
        for j in range(1, w.shape[1]):
            z += w[i, j] * x[i + stride * p, j + stride * q]
    return z + b


def patch_neuron__one_based_formula(x, w, b, p, q, stride):
    """The lecture's formula counts from 1: the patch is shifted by one row and column."""
    z = b
    for i in range(1, len(w) + 1):
        for j in range(1, len(w) + 1):
            z += w[i - 1, j - 1] * x[i + stride * p, j + stride * q]
    return z


def patch_neuron__stride_inside_the_patch(x, w, b, p, q, stride):
    """The stride multiplies i and j instead of p and q."""
    total = 0
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            total += w[i, j] * x[stride * i + p, stride * j + q]
    return total + b


def patch_neuron__stride_on_rows_only(x, w, b, p, q, stride):
    """Only the row is multiplied by the stride."""
    k = w.shape[0]
    return np.sum(w * x[stride * p : stride * p + k, q : q + k]) + b


def patch_neuron__always_four(x, w, b, p, q, stride):
    """The size 4 of the lecture's filter is written into the slice."""
    r, c = p * stride, q * stride
    return np.sum(w * x[r : r + 4, c : c + 4]) + b


def patch_neuron__not_summed(x, w, b, p, q, stride):
    """The products are not added up: a whole patch comes back."""
    h, k = w.shape
    return w * x[stride * p : stride * p + h, stride * q : stride * q + k] + b


def patch_neuron__mean(x, w, b, p, q, stride):
    """The mean of the products is taken instead of their sum."""
    k = len(w)
    patch = x[stride * p : stride * p + k, stride * q : stride * q + k]
    return np.mean(w * patch) + b


def patch_neuron__moves_by_the_filter(x, w, b, p, q, stride):
    """The patch moves by the size of the filter instead of the stride."""
    k = w.shape[0]
    return np.sum(x[p * k : p * k + k, q * k : q * k + k] * w) + b


def patch_neuron__end_without_stride(x, w, b, p, q, stride):
    """The end of the slice lacks the stride."""
    k = w.shape[0]
    patch = x[stride * p : p + k, stride * q : q + k]
    return np.sum(w * patch) + b


def patch_neuron__stride_added(x, w, b, p, q, stride):
    """The stride is added to p and q instead of multiplied."""
    k = w.shape[0]
    return np.sum(w * x[p + stride : p + stride + k, q + stride : q + stride + k]) + b


def layer_parameters__height_twice(kind, shape, size, stride, filters):
    """The height is used for the width too: right for square images only."""
    n, _, channels = shape
    side = (n - size) // stride + 1
    places = side * side
    if kind == "full":
        return (n * n * channels + 1) * places * filters
    if kind == "local":
        return (size * size * channels + 1) * places * filters
    return (size * size * channels + 1) * filters


def layer_parameters__one_place_too_few(kind, shape, size, stride, filters):
    """The + 1 is missing in the number of places."""
    h, w, c = shape
    places = ((h - size) // stride) * ((w - size) // stride)
    if kind == "full":
        return h * w * c * places * filters + places * filters
    elif kind == "local":
        return size**2 * c * places * filters + places * filters
    elif kind == "shared":
        return size**2 * c * filters + filters


def layer_parameters__not_rounded(kind, shape, size, stride, filters):
    """The number of places is not rounded down."""
    h, w, c = shape
    places = ((h - size) / stride + 1) * ((w - size) / stride + 1)
    neurons = places * filters
    if kind == "full":
        return h * w * c * neurons + neurons
    if kind == "local":
        return size * size * c * neurons + neurons
    return size * size * c * filters + filters


def layer_parameters__channels_in_the_output(kind, shape, size, stride, filters):
    """The output is given the image's channels as well as the filters."""
    h, w, c = shape
    places = ((h - size) // stride + 1) * ((w - size) // stride + 1)
    if kind == "full":
        return (h * w * c + 1) * places * filters * c
    if kind == "local":
        return (size * size * c + 1) * places * filters * c
    return (size * size * c + 1) * filters * c


def layer_parameters__channels_first(kind, shape, size, stride, filters):
    """The shape is read as (channels, height, width)."""
    c, h, w = shape
    places = ((h - size) // stride + 1) * ((w - size) // stride + 1)
    inputs = h * w if kind == "full" else size * size
    copies = 1 if kind == "shared" else places
    return (inputs * c + 1) * copies * filters


def layer_parameters__one_bias_in_all(kind, shape, size, stride, filters):
    """Each layer gets a single bias."""
    h, w, c = shape
    places = ((h - size) // stride + 1) * ((w - size) // stride + 1)
    if kind == "full":
        return h * w * c * places * filters + 1
    if kind == "local":
        return size * size * c * places * filters + 1
    return size * size * c * filters + 1


def layer_parameters__places_added(kind, shape, size, stride, filters):
    """The places down and across are added instead of multiplied."""
    h, w, c = shape
    places = (h - size) // stride + 1 + (w - size) // stride + 1
    inputs = h * w * c if kind == "full" else size * size * c
    owners = 1 if kind == "shared" else places
    return (inputs + 1) * owners * filters


def layer_parameters__capital_names(kind, shape, size, stride, filters):
    """The kinds are spelled with a capital letter, so none of them matches."""
    h, w, c = shape
    places = ((h - size) // stride + 1) * ((w - size) // stride + 1)
    if kind == "Full":
        return (h * w * c + 1) * places * filters
    elif kind == "Local":
        return (size**2 * c + 1) * places * filters
    elif kind == "Shared":
        return (size**2 * c + 1) * filters


def layer_parameters__filters_missing_in_local(kind, shape, size, stride, filters):
    """The local layer is counted for one filter only."""
    h, w, c = shape
    places = ((h - size) // stride + 1) * ((w - size) // stride + 1)
    n = {
        "full": (h * w * c + 1) * places * filters,
        "local": (size * size * c + 1) * places,
        "shared": (size * size * c + 1) * filters,
    }
    return n[kind]


def layer_parameters__size_not_squared(kind, shape, size, stride, filters):
    """A patch is counted with `size` pixels instead of size * size."""
    h, w, c = shape
    places = ((h - size) // stride + 1) * ((w - size) // stride + 1)
    if kind == "full":
        return (h * w * c + 1) * places * filters
    weights = size * c + 1
    return weights * filters * (places if kind == "local" else 1)


def receptive_field__strides_added(kernels, strides):
    """The strides of the layers below are added up instead of multiplied."""
    r, fields = 1, []
    for n, k in enumerate(kernels):
        jump = sum(strides[:n]) if n > 0 else 1
        r = r + (k - 1) * jump
        fields.append(r)
    return fields


def receptive_field__r0_included(kernels, strides):
    """r_0 = 1 is in the list too."""
    fields, jump = [1], 1
    for k, s in zip(kernels, strides, strict=True):
        fields.append(fields[-1] + (k - 1) * jump)
        jump *= s
    return fields


def receptive_field__from_the_top(kernels, strides):
    """The layers are gone through from the top to the image."""
    r, jump, out = 1, 1, []
    for k, s in zip(kernels[::-1], strides[::-1], strict=True):
        r += (k - 1) * jump
        jump *= s
        out.append(r)
    return out


def receptive_field__kernels_multiplied(kernels, strides):
    """The kernels are multiplied."""
    return np.cumprod(kernels).tolist()


def receptive_field__next_stride(kernels, strides):
    """strides[l + 1] is used, and the list ends too early."""
    r, jump, fields = 1, 1, []
    for layer in range(len(kernels)):
        r += (kernels[layer] - 1) * jump
        jump *= strides[layer + 1]
        fields.append(r)
    return fields


def receptive_field__growth_only(kernels, strides):
    """What each layer adds is returned, not the sum."""
    jumps = np.cumprod([1] + list(strides[:-1]))
    return [1 + (k - 1) * int(d) for k, d in zip(kernels, jumps, strict=True)]


def receptive_field__whole_kernel_after_one(kernels, strides):
    """Each layer adds k instead of k - 1, starting from 1."""
    r, jump, fields = 1, 1, []
    for k, s in zip(kernels, strides, strict=True):
        r = r + k * jump
        jump = jump * s
        fields.append(r)
    return fields


def receptive_field__kept_before_the_update(kernels, strides):
    """The field is appended before it grows: r_0 … r_{L-1}."""
    r, jump, fields = 1, 1, []
    for k, s in zip(kernels, strides, strict=True):
        fields.append(r)
        r += (k - 1) * jump
        jump *= s
    return fields


def receptive_field__first_stride_for_all(kernels, strides):
    """Every layer multiplies by the first stride."""
    r, jump, fields = 1, 1, []
    for k in kernels:
        r += (k - 1) * jump
        fields.append(r)
        jump *= strides[0]
    return fields


def receptive_field__bracket_missing(kernels, strides):
    """A bracket is missing: k - 1 * jump is written for (k - 1) * jump."""
    r, jump, fields = 1, 1, []
    for k, s in zip(kernels, strides, strict=True):
        r = r + k - 1 * jump
        jump *= s
        fields.append(r)
    return fields

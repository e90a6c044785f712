"""Wrong answers to notebook 15: the sweep as a matrix, the receptive field, a stack."""

import numpy as np


def _sweep(w, height, width, stride, *, at=lambda p, q, s: (s * p, s * q)):
    rows = (height - w.shape[0]) // stride + 1
    columns = (width - w.shape[1]) // stride + 1
    M = np.zeros((rows, columns, height, width))
    for p, q in np.ndindex(rows, columns):
        top, left = at(p, q, stride)
        M[p, q, top : top + w.shape[0], left : left + w.shape[1]] = w
    return M


def sweep_matrix__four_axes(w, height, width, stride):
    """Map and image are not laid flat."""
    return _sweep(w, height, width, stride)


def sweep_matrix__stride_on_rows_only(w, height, width, stride):
    """Only the row is multiplied by the stride."""
    M = _sweep(w, height, width, stride, at=lambda p, q, s: (s * p, q))
    return M.reshape(-1, height * width)


def sweep_matrix__stride_on_columns_only(w, height, width, stride):
    """Only the column is multiplied by the stride."""
    M = _sweep(w, height, width, stride, at=lambda p, q, s: (p, s * q))
    return M.reshape(-1, height * width)


def sweep_matrix__filter_transposed(w, height, width, stride):
    """Rows and columns of the filter change places; an oblong one does not fit."""
    M = np.zeros_like(_sweep(w, height, width, stride))
    for p, q in np.ndindex(M.shape[:2]):
        for i, j in np.ndindex(w.shape):
            M[p, q, stride * p + i, stride * q + j] = w[j % w.shape[0], i % w.shape[1]]
    return M.reshape(-1, height * width)


def sweep_matrix__connections_only(w, height, width, stride):
    """It says which pixels are connected, not how strongly."""
    return (_sweep(w, height, width, stride) != 0).reshape(-1, height * width)


def sweep_matrix__columns_first(w, height, width, stride):
    """The neurons are numbered column by column."""
    M = _sweep(w, height, width, stride).transpose(1, 0, 2, 3)
    return M.reshape(-1, height * width)


def sweep_matrix__side_by_side(w, height, width, stride):
    """The weights of a neuron stand side by side from its patch's first pixel."""
    rows = (height - w.shape[0]) // stride + 1
    columns = (width - w.shape[1]) // stride + 1
    M = np.zeros((rows * columns, height * width))
    for n in range(rows * columns):
        p, q = divmod(n, columns)
        start = p * stride * width + q * stride
        for i, weight in enumerate(w.flatten()):
            M[n, start + i] = weight
    return M


def sweep_matrix__rows_times_p(w, height, width, stride):
    """The row of M is p * rows + q, which is right for square maps only."""
    blocks = _sweep(w, height, width, stride)
    rows, columns = blocks.shape[:2]
    M = np.zeros((rows * columns, height * width))
    for p, q in np.ndindex(rows, columns):
        M[p * rows + q] = blocks[p, q].reshape(-1)
    return M


def sweep_matrix__filter_averaged(w, height, width, stride):
    """All weights are their mean."""
    return _sweep(np.full(w.shape, w.mean()), height, width, stride).reshape(-1, height * width)


def see_it_all__one_large_kernel():
    """One kernel as large as the garment has as many weights as a dense neuron."""
    return [28], [2]


def see_it_all__strides_everywhere():
    """Few weights, but the map moves for multiples of 16 pixels only."""
    return [4, 3, 3, 2], [2, 2, 2, 2]


def see_it_all__stride_last():
    """The stride comes too late to widen anything."""
    return [4, 3, 3, 3, 3, 3, 3], [1, 1, 1, 1, 1, 1, 2]


def see_it_all__one_layer_short():
    """The last neuron sees 24 pixels."""
    return [4, 3, 3, 3, 3, 3], [2, 1, 1, 1, 1, 1]


def see_it_all__a_single_list():
    """The strides are missing."""
    return [4, 3, 3, 3, 3, 3, 3]


def see_it_all__not_the_same_length():
    """A stride is missing."""
    return [4, 3, 3], [2, 1]


def receptive_field__strides_added(kernels, strides):
    """The strides of the layers below are added up instead of multiplied."""
    r, fields = 1, []
    for n, k in enumerate(kernels):
        jump = sum(strides[:n]) if n > 0 else 1
        r = r + (k - 1) * jump
        fields.append(r)
    return fields


def receptive_field__distance_adds_the_stride(kernels, strides):
    """The distance grows by each stride instead of being multiplied by it."""
    r, d, fields = 1, 1, []
    for k, s in zip(kernels, strides, strict=True):
        r += (k - 1) * d
        fields.append(r)
        d += s
    return fields


def receptive_field__downward_step_going_up(kernels, strides):
    """The known r * s + (k - s) is run from the image upwards."""
    r, fields = 1, []
    for k, s in zip(kernels, strides, strict=True):
        r = r * s + (k - s)
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

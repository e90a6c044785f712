"""A second opinion on each exercise: Keras's or TensorFlow's own layers, asked the same question.

One function per exercise, of the same name and arguments as the reference; where neither library
has the thing, another independent way to it.
"""

import numpy as np  # noqa: F401

# --- 00 ---


# --- 01 ---


# --- 02 ---


# --- 03 ---


# --- 04 ---


# --- 05 ---


# --- 13 ---


# --- 14 ---


# --- 15 ---


# --- 16 ---


# --- 17 ---


# --- 18 ---

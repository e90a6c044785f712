"""Correct answers in other styles: convolution."""

STYLES: dict = {}

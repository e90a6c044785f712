"""Correct answers in other styles: backpropagation."""

STYLES: dict = {}

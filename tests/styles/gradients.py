"""Correct answers in other styles: gradients."""

STYLES: dict = {}

"""Correct answers in other styles: sequences."""

STYLES: dict = {}

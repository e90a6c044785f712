"""Correct answers in other styles: classifiers."""

STYLES: dict = {}

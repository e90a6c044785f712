"""Correct answers in other styles: connectivity."""

STYLES: dict = {}

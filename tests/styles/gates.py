"""Correct answers in other styles: gates."""

STYLES: dict = {}

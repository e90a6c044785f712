"""Correct answers in other styles: recurrence."""

STYLES: dict = {}

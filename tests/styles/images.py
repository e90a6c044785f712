"""Correct answers in other styles: images."""

STYLES: dict = {}

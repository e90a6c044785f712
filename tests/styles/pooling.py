"""Correct answers in other styles: pooling."""

STYLES: dict = {}

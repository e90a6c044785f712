"""Exercises: connectivity."""

from helpers.checks.engine import Exercise

EXERCISES: tuple[Exercise, ...] = ()

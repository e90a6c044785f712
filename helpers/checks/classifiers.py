"""Exercises: classifiers."""

from helpers.checks.engine import Exercise

EXERCISES: tuple[Exercise, ...] = ()

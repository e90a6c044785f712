"""What the notebooks share: plotting, animation, data sets and the checks of the exercises.

Nothing here hides an idea that a notebook teaches, and importing it does not import TensorFlow.
"""

from helpers.check import check, hint, solution

__all__ = ["check", "hint", "solution"]

"""What the notebooks share: plotting, animation, data sets and the checks of the exercises.

Nothing here hides an idea that a notebook teaches, and importing it does not import TensorFlow.
"""

from helpers.checks import check

__all__ = ["check"]

"""Grading with nbgrader: release, collect, judge in a process apart, feedback, a class's report."""

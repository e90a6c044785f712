"""What maintainers run, each as `python -m tools.NAME` or by its make target."""

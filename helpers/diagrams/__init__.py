"""Drawings of networks: recurrent graphs, and windows that slide over images."""

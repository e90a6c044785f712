"""Measurements that take longer than a class can wait for; each writes a table in data/results."""

"""Measurements of what kitdrive promises: `make bench` takes them on both databases and writes results.json."""

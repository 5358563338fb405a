"""Cartons and pallets with a code: filled, collected, sorted once."""

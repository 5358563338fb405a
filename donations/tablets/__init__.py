"""Tablets at collection points: letting one in, and taking in what it sends."""

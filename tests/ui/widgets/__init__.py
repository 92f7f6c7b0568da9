"""Tests of the widgets, and their picture book."""

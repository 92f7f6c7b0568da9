"""What must hold for every sale is tried with more examples than what holds for a part of it."""

from __future__ import annotations

from hypothesis import settings

LEAST = 200
LAW = settings(max_examples=max(LEAST, settings().max_examples))
"""Stands above `@given` of a law of the rulebook: money, minimum, order, bytes, returns."""

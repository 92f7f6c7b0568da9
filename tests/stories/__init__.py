"""Whole shop days in the language of the screenless till (docs/till.md)."""

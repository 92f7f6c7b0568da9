"""Tests of facts and their chain."""

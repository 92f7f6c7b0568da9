"""Tests of printers, paper and sounds."""

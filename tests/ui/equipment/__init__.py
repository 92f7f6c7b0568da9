"""Tests of the pages of devices."""

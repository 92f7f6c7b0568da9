"""Tests of what customers see."""

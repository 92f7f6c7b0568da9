"""The counter page and its window, on a real store."""

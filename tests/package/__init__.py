"""The packaged program as a shop gets it: built, started on a screen, sold with, closed."""

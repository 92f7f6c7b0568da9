"""Products and their codes."""

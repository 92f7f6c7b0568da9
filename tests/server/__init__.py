"""The server of a chain, on both of its databases."""

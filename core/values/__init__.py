"""Values: immutable things with a unit."""

"""Actions on a real encrypted store: what a person does, and what is there afterwards."""

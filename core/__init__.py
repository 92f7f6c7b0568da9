"""core decides: the rules of the counter in plain Python, without screen, database or clock."""

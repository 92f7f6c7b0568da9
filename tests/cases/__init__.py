"""例子: worked cases, each with its calculation by hand; `test_cases.py` runs them."""

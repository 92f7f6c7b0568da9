"""柜台: the counter, where the cashier stands."""

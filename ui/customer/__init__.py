"""客显: what the customer sees of a sale: the second window, and the pole display."""

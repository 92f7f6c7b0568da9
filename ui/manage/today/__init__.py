"""今天: the figures of the day and the rows behind them."""

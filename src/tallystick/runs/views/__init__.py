"""The doors of the landing: the month, its measures and findings, the evidence and the runs behind them."""

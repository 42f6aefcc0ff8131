"""The yearly report: an introduction, the kept figures and what stands behind them, as a file."""

"""The board of the time limits (时限看板) and the figures of the reform."""

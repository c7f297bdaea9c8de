"""Fits the scores of weak rules on labelled lines. Run as `python -m tools.fit DATA...`."""

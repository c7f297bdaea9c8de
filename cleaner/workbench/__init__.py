"""Work on rules: their examples run as tests, faults of packs, a rule tried on a text.

Imports `judging` and below. Begin with `proof`.
"""

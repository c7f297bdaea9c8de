"""What comes out: body, edits, figures and diff, all of them views of the verdicts.

Imports `judging` and below. Begin with `result`.
"""

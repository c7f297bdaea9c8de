"""Work on rules: why lines went or stayed, rules drafted, proved and formatted, tried on texts and counted on corpora.

Imports `output` and below. Begin with `explain`, which asks the judge, then `proof`, which runs rules' examples.
"""

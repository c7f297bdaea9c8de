"""What is looked for: a rule, its patterns and their bounds, the packs it is read from, the plain matcher.

Imports `text`. Begin with `rule`; `matcher.NaiveMatcher` is the definition of where rules hit. The packs themselves are the
TOML files of the top-level folder `rules/`.
"""

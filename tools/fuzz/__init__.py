"""Fuzzing: readers, views, matchers, loaders, diffs and explanations on whatever bytes there may be, each held to a property.

A target is a module of `targets` with a function `check(data)`: it raises if the property does not hold for these bytes. What
makes the bytes is one of three: the corpus and random changes of it (`mutation`), coverage (`guided`, with atheris), or either
in a core that was built with sanitizers (`sanitized`). Begin with `__main__`.
"""

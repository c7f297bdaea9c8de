"""What is known of the lines of one document before any is decided.

Imports `rules` and `text`. Begin with `state`, which holds one state of a document, then `findings`, which gathers what
rules say of it; `place`, `topic`, `surroundings` and `neighbours` each add one kind of signal.
"""

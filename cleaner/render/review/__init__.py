"""Documents gone through by a person, line by line, in a terminal: what they decide, what comes of it, and the screen.

`session` holds the decisions, `packs` writes them down as rules, `app` is the screen; it alone needs Textual.
"""

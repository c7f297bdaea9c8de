"""What is there to read: a document, its lines, what a pattern sees of a line, and what a line's own form says.

Imports nothing of the other rooms. Begin with `document`, then `view`; `signals` names the facts that rules may ask for.
"""

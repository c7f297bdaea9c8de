"""What goes, and why.

Imports `evidence` and below. Begin with `engine`, which judges a document until nothing more goes, then `judge`, which sums
the evidence; `ways` names the parts that a quicker equal may take the place of.
"""

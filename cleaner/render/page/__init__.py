"""A page to look at results with: one HTML file that needs no network, runs no script but its own, and trusts no text.

Texts are carried packed, in pieces, and are put on the page by its script as text alone: see `pieces` and `writer`.
"""

"""Lines that are no words but marks of a text's parts: the underline of a heading, the fences of a part."""

from __future__ import annotations

# A row of so many hyphens or equals signs underlines the line right above it (Markdown, setext).
UNDERLINE = 3
# Begins and ends a part of a text, as pandoc has it for a `<div>`, MyST and Quarto for a directive.
FENCE = ":::"


def is_underline(text: str) -> bool:
    """Whether a line, as it came or as patterns see it, is a row that makes a heading of the line above it."""
    text = text.strip()
    return len(text) >= UNDERLINE and not (text.strip("-") and text.strip("="))


def is_fence(low: str) -> bool:
    """Whether a line, as patterns see it, begins or ends a part of a text."""
    return low.startswith(FENCE)


def ends_part(raw: str) -> bool:
    """Whether a fence, as it came, ends the part that the last open one began. (It may stand in a quote.)"""
    return not raw.strip().lstrip("> ").strip(":")

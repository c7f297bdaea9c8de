"""What holds for the result of any text."""

from __future__ import annotations

from cleaner.judging.verdict import Action
from cleaner.output.result import Result


def gone(result: Result) -> set[int]:
    """The numbers of the lines of which something was taken out; blank lines close behind others and do not count."""
    return {e.line for e in result.edits if e.removed.strip()}


def holds_for(result: Result) -> None:
    """Each line of the body is a line of the text in order, or one with spans cut; edits say exactly what went."""
    kept = []
    for (old, new), verdict in zip(result.lines, result.verdicts, strict=False):
        if verdict.action is Action.DROP:
            assert new is None
        elif verdict.action is Action.KEEP:
            assert new == old
            kept.append(old)
        else:
            assert new is not None
            rest = iter(old)
            assert all(c in rest for c in new)
            assert len(new) < len(old)
            kept.append(new)
        assert (verdict.action is Action.KEEP) == (not verdict.reasons)
    assert "".join(kept) == result.body
    left, at = "", 0
    for e in result.edits:
        assert e.removed == result.text[e.start : e.end]
        assert at <= e.start < e.end
        left, at = left + result.text[at : e.start], e.end
    assert left + result.text[at:] == result.body

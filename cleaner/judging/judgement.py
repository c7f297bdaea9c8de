"""What an engine says of a document: the verdicts, and, for who tries rules of form, the evidence. Facts only."""

from __future__ import annotations

from cleaner.judging.verdict import Verdict
from cleaner.rules.rule import Rule
from cleaner.value import Value

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from typing import Final


class Judgement(Value):
    """What the engine found of one document.

    Attributes:
        verdicts: one for each line of the document.
        guarded: whether weak evidence was set aside because it would have taken more than the allowed share of words.
        stopped: why the document is left as it is, if it would cost more than its budget; else empty.
    """

    __match_args__ = ("verdicts", "guarded", "stopped")
    __slots__ = __match_args__

    def __init__(self, verdicts: tuple[Verdict, ...], guarded: bool, stopped: str = "") -> None:
        self.verdicts: Final = verdicts
        self.guarded: Final = guarded
        self.stopped: Final = stopped


class Evidence(Value):
    """What is known of one non-blank line before weak evidence decides, for trying rules of form.

    Attributes:
        line: its index in the document, from 0.
        bits: its signals, those of topic among them, without those of neighbours' verdicts.
        rules: the rules with patterns that hit it, here.
        sure: whether it goes whatever weak evidence says.
    """

    __match_args__ = ("line", "bits", "rules", "sure")
    __slots__ = __match_args__

    def __init__(self, line: int, bits: int, rules: tuple[Rule, ...], sure: bool) -> None:
        self.line: Final = line
        self.bits: Final = bits
        self.rules: Final = rules
        self.sure: Final = sure

"""What judging is: a judge makes cases of the states of a document, and a case is decided. `judge` is the definition."""

from __future__ import annotations

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.evidence.foreign import Languages
    from cleaner.evidence.line import Line
    from cleaner.evidence.neighbours import Neighbours
    from cleaner.evidence.state import State
    from cleaner.judging.account import Account
    from cleaner.judging.judge import DefinedJudge
    from cleaner.judging.rulings import Rulings
    from cleaner.judging.ways import Ways
    from cleaner.rules.rule import Rule


class Case:
    """One state of a document, its evidence gathered, ready to be decided at any threshold.

    Attributes:
        state: the state.
        page: how much of a whole page the document is, 0 to 1.
    """

    state: State
    page: float

    def certain(self, count: int) -> Rulings:
        """What goes whatever weak evidence says, by the lines' numbers, of which there are so many."""
        raise NotImplementedError

    def going(self, threshold: float, below: Rulings, count: int) -> Rulings:
        """The lines that go at a threshold, by their numbers; those of `below` do."""
        raise NotImplementedError

    def account(self, i: int, threshold: float, neighbours: Neighbours) -> Account:
        """What is known of line `i` at a threshold, once so many lines have gone; for explaining, not for deciding."""
        raise NotImplementedError


class Judge:
    """Decides which of a document's non-blank lines go.

    Args:
        bare: the rules that have no pattern.
        ways: how sums are worked out.
        languages: how much rules say of texts in other languages than theirs.

    Attributes:
        form: the rules that ask for signals alone.
        guards: those of them that protect a line from sure rules too.
        alone: those of them that ask only for a line's own form and place.
        conditional: the rules that ask for what stands near, or for repetition.
    """

    def __init__(self, bare: Sequence[Rule], ways: Ways, languages: Languages) -> None:
        del languages
        self.form = ways.form_table(r for r in bare if not (r.near or r.repeat))
        self.guards, self.alone = self.form.guards(), self.form.alone()
        self.conditional = [r for r in bare if r.near or r.repeat]

    @property
    def definition(self) -> DefinedJudge:
        """The judge that this one comes to the same as; of the definition itself, it."""
        raise NotImplementedError

    def state(self, lines: Sequence[Line], before: State | None) -> State:
        """A document as it stands; `before`: an earlier state of the same one."""
        raise NotImplementedError

    def case(self, state: State) -> Case:
        """The evidence in `state`, ready to be decided on."""
        raise NotImplementedError

    def release(self, case: Case) -> None:
        """Let go of the memory of a case that is decided on no more; its state may still be what a later one is made from."""

"""The screen: the document with what goes and why, the categories beside it, and what a person does with both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Footer, OptionList, Static
from textual.widgets.option_list import Option

from cleaner.errors import CleanerError
from cleaner.render.review.session import BACK, CUT, GOES, OUT, STAYS, Line, Review
from cleaner.render.terminal import visible
from cleaner.rules.rule import CATEGORIES

_ALL = "all"
_STYLES = {STAYS: "", GOES: "red strike", CUT: "yellow", BACK: "bold green", OUT: "bold magenta strike"}
_WORDS = {STAYS: "stays", GOES: "goes", CUT: "is cut", BACK: "put back by you", OUT: "taken out by you"}
_HELP = """\
Space, Enter   put back what goes, take out what stays
u              undo
n, p           next, previous removal
c              the categories: choose one, and n and p keep to it
] [            next, previous document
s              save the body
k              save a keep list: a pack that keeps what you put back
e              save examples: what you put back, for its rules
d              save a draft of rules for what you took out
q              quit

A mouse chooses a line; a second click turns it.
 - goes   ~ is cut   + put back   x taken out
"""

Load = Callable[[int], Review]
Save = Callable[[str, Review, Sequence[Review]], str]


class Lines(OptionList):
    """The document. A click chooses a line, and turns only one that was chosen already."""

    def on_click(self, event: events.Click) -> None:
        """Keep a first click from turning a line."""
        clicked = event.style.meta.get("option")
        if clicked is not None and clicked != self.highlighted:
            event.prevent_default()
            self.highlighted = clicked


class Help(ModalScreen[None]):
    """The keys."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,question_mark,enter,space", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """See `textual`."""
        yield Static(Text(_HELP.rstrip()), id="help")

    def on_click(self) -> None:
        """Close."""
        self.dismiss()


class ReviewApp(App[None]):
    """Goes through documents.

    Args:
        names: what the documents are called.
        load: makes the review of one, by its place in `names`. Raises CleanerError if it cannot be read.
        save: writes something down (`body`, `keep`, `examples`, `draft`) of the document on the screen and of all that
            were decided on, and says what it wrote. Raises CleanerError if it cannot.
    """

    TITLE = "cleaner review"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #name { height: 1; background: $primary; color: $text; text-style: bold; }
    #sides { height: 1fr; }
    #categories { width: 21; height: 100%; border: none; border-right: solid $primary; padding: 0; }
    #document { width: 1fr; border: none; padding: 0; }
    #document > .option-list--option-highlighted, #document:focus > .option-list--option-highlighted {
        background: $primary 45%; color: $text; text-style: none;
    }
    #why { height: 3; border-top: solid $primary; }
    Help { align: center middle; }
    #help { width: 74; height: auto; max-height: 100%; padding: 1 2; background: $surface; border: solid $primary; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "Turn"),
        Binding("u", "undo", "Undo"),
        Binding("n", "jump(1)", "Next"),
        Binding("p", "jump(-1)", "Prev"),
        Binding("c", "categories", "Kinds"),
        Binding("right_square_bracket", "document(1)", "Doc", key_display="]"),
        Binding("left_square_bracket", "document(-1)", "Doc before", show=False),
        Binding("s", "save('body')", "Save"),
        Binding("k", "save('keep')", "Keep list"),
        Binding("e", "save('examples')", "Examples", show=False),
        Binding("d", "save('draft')", "Draft", show=False),
        Binding("question_mark", "help", "Keys", key_display="?"),
        Binding("q", "leave", "Quit"),
    ]

    def __init__(self, names: Sequence[str], load: Load, save: Save) -> None:
        super().__init__()
        self._names, self._load, self._save = names, load, save
        self._reviews: dict[int, Review] = {}
        self._at = 0
        self._category = ""
        self._unsaved = self._warned = False
        self.review: Review | None = None

    def compose(self) -> ComposeResult:
        """See `textual`."""
        yield Static(id="name", markup=False)
        with Horizontal(id="sides"):
            yield OptionList(id="categories", markup=False)
            yield Lines(id="document", markup=False)
        yield Static(id="why", markup=False)
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        """Show the first document that can be read."""
        self.theme = "textual-ansi" if self.ansi_color else self.theme
        self._open(0, 1)

    @property
    def _document(self) -> Lines:
        return self.query_one("#document", Lines)

    def _open(self, at: int, step: int) -> None:
        """Show document `at`, or the next one in this direction that can be read."""
        while 0 <= at < len(self._names):
            try:
                if at not in self._reviews:
                    self._reviews[at] = self._load(at)
            except CleanerError as e:
                self._tell(str(e), bad=True)
                at += step
                continue
            # What is not decided on is not kept: a folder may hold any number of documents.
            if self._at != at and not self._reviews.get(self._at, self._reviews[at]).decided:
                self._reviews.pop(self._at, None)
            self._at, self.review, self._category = at, self._reviews[at], ""
            self._fill(self.review)
            return
        if self.review is None:
            self.exit(message="no document could be read")
        else:
            self._tell("there is no further document")

    def _fill(self, review: Review) -> None:
        kinds = self.query_one("#categories", OptionList)
        counts = [(_ALL, len(review.removals())), *review.categories()]
        kinds.set_options([Option(f"{name:<13}{count:>5}", id=name) for name, count in counts])
        kinds.highlighted = 0
        self._document.set_options([Option(self._prompt(review, line)) for line in review.lines])
        removals = review.removals()
        self._document.highlighted = removals[0] - 1 if removals else 0 if review.lines else None
        self._document.focus()
        self._head()
        self._because()

    def _prompt(self, review: Review, line: Line) -> Text:
        stand = review.stand(line.number)
        out = Text().append(f"{stand} {line.number:>4} ", "dim" if stand == STAYS else "bold")
        other = self._category and line.edits and line.edits[0].category != self._category
        style = "dim" if other else _STYLES[stand]
        if stand != CUT:
            return out.append(visible(line.text) or " ", style)
        at = 0
        for edit in line.edits:
            out.append(visible(line.text[at : edit.start - line.start]))
            out.append(visible(edit.removed), "dim" if other else _STYLES[GOES])
            at = edit.end - line.start
        return out.append(visible(line.text[at:]))

    def _head(self) -> None:
        review = self.review
        if review:
            gone = sum(review.stand(x.number) in (GOES, CUT, OUT) for x in review.lines if not x.blank)
            mine = len(review.of(BACK)) + len(review.of(OUT))
            more = f" · {mine} decided by you" if mine else ""
            text = f"{self._at + 1}/{len(self._names)} {visible(review.name)}: {gone} {'line goes' if gone == 1 else 'lines go'}{more}"
            self.query_one("#name", Static).update(Text(text, no_wrap=True, overflow="ellipsis"))

    def _because(self) -> None:
        why = self.query_one("#why", Static)
        line = self._line
        if line is None or self.review is None:
            why.update("")
            return
        stand = self.review.stand(line.number)
        out = Text(no_wrap=True, overflow="ellipsis").append(f"line {line.number} {_WORDS[stand]}", "bold")
        if line.edits:
            edit = line.edits[0]
            what = CATEGORIES.get(edit.category, edit.category)
            out.append(f"  {edit.rule}  score {edit.score:.1f}", "cyan")
            out.append(f"\n{edit.saw or what}" + (f"; also {', '.join(edit.rules[1:4])}" if edit.rules[1:] else ""))
        why.update(out)

    @property
    def _line(self) -> Line | None:
        at = self._document.highlighted
        return None if at is None or self.review is None or at >= len(self.review.lines) else self.review.lines[at]

    def _repaint(self, number: int) -> None:
        """Show line `number` as it stands, and the blank lines that go with it."""
        review = self.review
        if review is None:
            return
        for n in range(number, 0, -1):
            self._document.replace_option_prompt_at_index(n - 1, self._prompt(review, review.lines[n - 1]))
            if n != number and not review.lines[n - 1].blank:
                break
        for line in review.lines[number:]:
            if not line.blank:
                break
            self._document.replace_option_prompt_at_index(line.number - 1, self._prompt(review, line))
        self._unsaved, self._warned = True, False
        self._head()
        self._because()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say why the chosen line goes."""
        if event.option_list.id == "document":
            self._because()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Turn a line; or keep to a category."""
        if event.option_list.id == "document":
            self.action_turn()
        else:
            self._keep_to("" if event.option.id == _ALL else event.option.id or "")

    def _keep_to(self, category: str) -> None:
        if self.review is None:
            return
        self._category = category
        for line in self.review.lines:
            if line.edits:
                self._document.replace_option_prompt_at_index(line.number - 1, self._prompt(self.review, line))
        self._document.focus()
        found = self.review.removals(category)
        if found:
            self._document.highlighted = found[0] - 1

    def action_turn(self) -> None:
        """Put the line back, or take it out."""
        line = self._line
        if line and self.review and self.focused is self._document:
            if self.review.turn(line.number):
                self._repaint(line.number)
            else:
                self._tell("a blank line goes and stays with its neighbour")

    def action_undo(self) -> None:
        """Take the last decision back."""
        number = self.review.undo() if self.review else None
        if number is None:
            self._tell("there is nothing to undo")
        else:
            self._document.highlighted = number - 1
            self._repaint(number)

    def action_jump(self, step: int) -> None:
        """Go to the next removal, or the one before."""
        if self.review is None:
            return
        here = (self._document.highlighted or 0) + 1
        found = self.review.removals(self._category)
        further = [n for n in found if (n - here) * step > 0]
        if further:
            self._document.highlighted = (further[0] if step > 0 else further[-1]) - 1
        else:
            self._tell("there is no further removal" + (f" of {self._category}" if self._category else ""))

    def action_categories(self) -> None:
        """Go to the categories, or back."""
        kinds = self.query_one("#categories", OptionList)
        (self._document if self.focused is kinds else kinds).focus()

    def action_document(self, step: int) -> None:
        """Go to the next document, or the one before."""
        self._open(self._at + step, step)

    def action_save(self, what: str) -> None:
        """Write something down."""
        if self.review is None:
            return
        try:
            said = self._save(what, self.review, [r for _, r in sorted(self._reviews.items()) if r.decided])
        except CleanerError as e:
            self._tell(str(e), bad=True)
            return
        self._unsaved = False
        self._tell(said)

    def action_help(self) -> None:
        """Show the keys."""
        self.push_screen(Help())

    def action_leave(self) -> None:
        """Quit; the first time, if decisions would be lost, only say so."""
        if self._unsaved and not self._warned:
            self._warned = True
            self._tell("decisions are not saved: q once more quits, s saves the body", bad=True)
        else:
            self.exit()

    def _tell(self, message: str, bad: bool = False) -> None:
        self.notify(visible(message), severity="warning" if bad else "information", markup=False, timeout=4)

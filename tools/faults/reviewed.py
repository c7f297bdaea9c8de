"""What a person at `cleaner review` does by hand: every text is gone through, and all is saved. Arguments: the texts' folder, OUT."""

from __future__ import annotations

import sys
from pathlib import Path

from cleaner import Cleaner
from cleaner.batch import Plan
from cleaner.cli.review import Desk
from cleaner.errors import CleanerError


def main() -> None:
    """Go through the texts."""
    given, out = map(Path, sys.argv[1:])
    sources = list(Plan(inputs=(given,)).sources())
    cleaner = Cleaner(select=("ad", "newsletter"), languages=("en",))
    desk = Desk(sources, cleaner, out, (given,), overwrite=True)
    decided = []
    for at in range(len(sources)):
        review = desk.load(at)
        for line in review.lines[:6]:
            if not line.blank:
                review.turn(line.number)
        decided.append(review)
        desk.save("body", review, decided)
    for what in ("keep", "examples", "draft"):
        desk.save(what, decided[-1], decided)


if __name__ == "__main__":
    try:
        main()
    except CleanerError as e:  # the screen shows it
        print(f"cleaner: {e}", file=sys.stderr)
        sys.exit(e.exit_code)

"""Lists of like records are body; furniture that comes again, or stands among furniture, is not."""

from __future__ import annotations

import pytest

from cleaner import Cleaner

PROSE = [
    "The old quarter was built on clay, and every house in it leans a little towards the river, as the people there will tell you.",
    "Nobody has counted the bridges since the flood, and the town hall has lost the key to the tower from which they could be seen.",
]
NAMES = ["Anna Berg", "Tomas Reed", "Ines Calder", "Paul Moser", "Lena Vogt", "Karim Haddad", "Ruth Olsen", "Ivo Marek"]
LISTS = {
    "addresses": [f"{name}: {name.split()[0].lower()}@example.org" for name in NAMES],
    "bylines": [f"By {name}" for name in NAMES],
    "dates": [f"March {3 * n + 1}, 2026" for n in range(8)],
    "stamps": [f"Published: {n + 1} March 2026" for n in range(8)],
    "telephones": [f"Phone: +44 20 7946 0{n}{n}{n}" for n in range(8)],
    "German": [f"Von {name}" for name in NAMES],
    "French": [f"Par {name}" for name in NAMES],
    "Spanish": [f"Por {name}" for name in NAMES],
    "photographs": [f"Photo: {name}" for name in NAMES],
}


def between(lines: list[str]) -> str:
    return "\n".join([PROSE[0], *lines, PROSE[1]]) + "\n"


@pytest.mark.parametrize("lines", LISTS.values(), ids=LISTS)
def test_a_list_of_eight_like_records_stays_whole(cleaner: Cleaner, lines: list[str]) -> None:
    text = between(lines)
    assert cleaner.clean(text).body == text


@pytest.mark.parametrize("lines", LISTS.values(), ids=LISTS)
def test_records_with_a_line_of_their_own_between_stay(cleaner: Cleaner, lines: list[str]) -> None:
    titles = [
        "The Long Winter",
        "Salt",
        "Nine Bridges",
        "The Lamp",
        "A House of Clay",
        "Ferry Days",
        "The Key",
        "Stone and Water",
    ]
    text = between([line for pair in zip(titles, lines, strict=True) for line in pair])
    assert cleaner.clean(text).body == text


def test_furniture_that_a_document_has_once_goes(cleaner: Cleaner) -> None:
    assert (
        cleaner.clean(f"By Anna Berg\nMarch 3, 2026\n\n{PROSE[0]}\n\n{PROSE[1]}\n").body
        == f"{PROSE[0]}\n\n{PROSE[1]}\n"
    )


def test_the_same_text_again_and_again_is_furniture(cleaner: Cleaner) -> None:
    text = "".join(f"{PROSE[n % 2]}\n\nAdvertisement\n\n" for n in range(6))
    assert "Advertisement" not in cleaner.clean(text).body


def test_a_list_that_reaches_into_the_tail_is_not_eaten_from_its_end(cleaner: Cleaner) -> None:
    # Rules of the tail alone stand on the last records only; as those went, the tail would come nearer to the others.
    words = ["Rada", "Cesta", "Mlýn", "Novina", "Břehy", "Dubov", "Písky", "Rašel"]
    reviews = [
        line
        for n, name in enumerate(NAMES[:5])
        for line in (name, f"{n + 3} березня 2026", f"{words[n]} {words[n + 1]}.")
    ]
    text = between(reviews)
    assert cleaner.clean(text).body == text


LABELS = ["Related Posts", "Trending Now", "Read More", "You may also like", "Latest Stories"]


def test_labels_of_several_rules_between_paragraphs_are_no_list(cleaner: Cleaner) -> None:
    text = "".join(f"{PROSE[n % 2]}\n\n{label}\n\n" for n, label in enumerate(LABELS)) + PROSE[0] + "\n"
    body = cleaner.clean(text).body.split("\n")
    assert not set(LABELS) & set(body)
    assert body.count(PROSE[0]) + body.count(PROSE[1]) == len(LABELS) + 1


def test_records_that_several_rules_know_are_a_list(cleaner: Cleaner) -> None:
    lines = ["By Anna Berg", "Tomas Reed, Staff Writer", "By Ines Calder", "Paul Moser, Staff Writer", "By Lena Vogt"]
    text = "".join(f"{PROSE[n % 2]}\n\n{line}\n\n" for n, line in enumerate(lines)) + PROSE[0] + "\n"
    assert cleaner.clean(text).body == text

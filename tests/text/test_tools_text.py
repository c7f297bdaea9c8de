"""What tools write around and within a text: each shape with what goes of it, at careful and at standard."""

from __future__ import annotations

import pytest

from cleaner import Cleaner

OPEN = "The old bridge over the river Oss opened to walkers and carts on Tuesday, nine years after a flood took away two of its five arches."
NEXT = "The clerk will now count the carts for a year; lorries must go round by Hollen until then, a way of eleven kilometres."
MONEY = "The council has set aside money for lamps and for a stair that leads down to the quay, if the water stays low in the months to come."
FOOT = "© 2025 Harrowgate Ledger. All rights reserved."
SHAPES: dict[str, tuple[str, list[str]]] = {}
SHAPES["wrapped newsletter"] = (
    """The bridge will open again in May, the council of the town said on
Monday evening, after two years of work on the middle pier.

Nobody knows yet who will pay for the lamps, which the old bridge never
had, or for the new stairs that lead down to the quay.

It was shut in the winter of last year, when a barge struck the middle
pier and broke two of its stones.

Newsletter

The clerk said that the work would go on through the winter, if the
water stays low enough, and that carts would have to go round by Hollen
until the end of May.""",
    ["Newsletter"],
)
SHAPES["wrapped page"] = (
    """Skip to main content
Home
News
Sport
Opinion

Share on Facebook
Share on X
Copy link

The council of the lower town met on Monday in the old hall by the river and
heard for two hours what the masons had found under the third pier.

Nobody knows yet who will pay for the lamps, which the old bridge never had, or
for the new stairs that lead down to the quay on the far side of the river.

The clerk said that the work would go on through the winter, if the water stays
low enough, and that carts would have to go round by Hollen until the end of
May.

Subscribe to our newsletter

© 2025 Harrowgate Ledger. All rights reserved.""",
    [
        "Skip to main content",
        "Home",
        "News",
        "Sport",
        "Opinion",
        "Share on Facebook",
        "Share on X",
        "Copy link",
        "Subscribe to our newsletter",
        "© 2025 Harrowgate Ledger. All rights reserved.",
    ],
)
SHAPES["four links"] = (
    OPEN
    + """

Related stories

- Five mills that the river gave back
- Swans of the county counted in June
- Baker of the year wants to retire at last
- Flood maps and their gaps

What the masons found

"""
    + NEXT
    + "\n\n"
    + MONEY,
    [
        "Related stories",
        "- Five mills that the river gave back",
        "- Swans of the county counted in June",
        "- Baker of the year wants to retire at last",
        "- Flood maps and their gaps",
    ],
)
SHAPES["setext"] = (
    OPEN
    + """

Related stories

- Five mills that the river gave back
- Swans of the county counted in June

What the masons found
---------------

"""
    + NEXT
    + "\n\n"
    + MONEY,
    ["Related stories", "- Five mills that the river gave back", "- Swans of the county counted in June"],
)
SHAPES["setext, between paragraphs"] = (
    f"{OPEN}\n\nPrivacy\n-------\n\n{NEXT}\n\nShare this\n----------\n\n{MONEY}\n\nLeave a comment\n===============\n",
    ["Share this", "----------", "Leave a comment", "==============="],
)
SHAPES["decimal commas"] = (OPEN + "\n\n12,5  13,1  14,0\n13,0  13,2  14,4\n\n" + NEXT, [])
SHAPES["bare table"] = (
    """The clerk sat at the northern end for three weeks and made a stroke for every cart that went over the bridge.

Year| Carts| Walkers
---|---|---
2014| 2,310| 5,200
2015| 2,450| 5,480

The weather post on the middle pier will send its readings every ten minutes, and anyone can read them on a board at the ferry house.

### Get our morning newsletter

Sign up for our free daily newsletter and get the latest news from the river towns delivered straight to your inbox every morning.

Sign up

We use cookies to improve your experience on our site and to show you personalised advertising.

Accept all

"""
    + FOOT,
    [
        "### Get our morning newsletter",
        "Sign up for our free daily newsletter and get the latest news from the river towns delivered straight to your inbox every morning.",
        "Sign up",
        "We use cookies to improve your experience on our site and to show you personalised advertising.",
        "Accept all",
        FOOT,
    ],
)
SHAPES["wrapped ends"] = (
    """Before the work began the clerk wrote to all who live by the river. Read more
than one of the old letters on the flood and you will see that he was right.

On the wall of the old hall by the market hung a single picture. Photo by my
father, said the clerk, and he would not hear a word against it.

The song was old and anyone could print it, said the man at the press.
Copyright had run out in 1960, and nobody had asked for it since then.""",
    [],
)
SHAPES["fence"] = (
    """The wheel of the old mill on the Oss turns again after fourteen years, and those who rise early can take the flour home.

::: note
The miller asks all who come to leave their carts at the quay.
:::

The brook had been laid in a pipe in 2009, since it filled the cellars of the houses near it. Now it runs in a new bed.""",
    [],
)
SHAPES["fences of parts that go"] = (
    f"""{OPEN}

:::: {{.outer}}
::: {{.newsletter-inline}}
Subscribe to our newsletter

[Sign up](/newsletter){{.btn}}
:::
::::

{NEXT}

::: note
The miller asks all who come to leave their carts at the quay.

Share this
:::

{MONEY}

::: {{.empty}}
:::""",
    [
        ":::: {.outer}",
        "::: {.newsletter-inline}",
        "Subscribe to our newsletter",
        "[Sign up](/newsletter){.btn}",
        ":::",
        "::::",
        "Share this",
    ],
)
SHAPES["title"] = (
    "# Bicycle repair\n\n"
    + OPEN
    + "\n\nHome\nNews\nSport\nShare on Facebook\nShare on X\nCopy link\nSubscribe to our newsletter\nSkip to main content\nPrivacy policy\nTerms of use\nCookie settings\n"
    + FOOT,
    [
        "Home",
        "News",
        "Sport",
        "Share on Facebook",
        "Share on X",
        "Copy link",
        "Subscribe to our newsletter",
        "Skip to main content",
        "Privacy policy",
        "Terms of use",
        "Cookie settings",
        FOOT,
    ],
)
SHAPES["link numbers"] = (
    OPEN
    + "\n\n[7]Share on Facebook\n[9]Sign up for our newsletter\n\n"
    + NEXT
    + "\n\n[10]Share on Facebook [11]Share on WhatsApp (BUTTON) Copy link\n\nShare on Facebook⟨7⟩\nSign up for our newsletter ⟨9⟩",
    [
        "[7]Share on Facebook",
        "[9]Sign up for our newsletter",
        "[10]Share on Facebook [11]Share on WhatsApp (BUTTON) Copy link",
        "Share on Facebook⟨7⟩",
        "Sign up for our newsletter ⟨9⟩",
    ],
)
SHAPES["underscores"] = (
    OPEN + "\n\n" + NEXT + "\n\nShare_on_Facebook\nSubscribe_to_our_newsletter",
    ["Share_on_Facebook", "Subscribe_to_our_newsletter"],
)
SHAPES["ansi"] = (
    "\x1b[1mAdvertisement\x1b[0m\n\n"
    + OPEN
    + "\n\n\x1b[38;5;231mSubscribe to our newsletter\x1b[0m\n\n"
    + NEXT
    + "\n\n\x1b[4mShare on Facebook\x1b[0m",
    [
        "\x1b[1mAdvertisement\x1b[0m",
        "\x1b[38;5;231mSubscribe to our newsletter\x1b[0m",
        "\x1b[4mShare on Facebook\x1b[0m",
    ],
)
SHAPES["html-to-text"] = (
    OPEN + "\n\n" + NEXT + "\n\nDatenschutz [/f0]\nAuf Facebook teilen [/f2]\nPrivacy policy [https://example.org/p]",
    ["Datenschutz [/f0]", "Auf Facebook teilen [/f2]", "Privacy policy [https://example.org/p]"],
)
SHAPES["broken links"] = (
    OPEN
    + """

Anyone who wants to help can
donate
to the fund of the river towns, or
contact
the clerk, who sits in the old
home
of the ferrymen and asks all to
share
what they know of the bridge and of the men who built it.

"""
    + MONEY,
    [],
)
SHAPES["front matter"] = (
    """---
title: My kettle
author: Tom
date: 2024-05-03
tags:
- kettle
- repair
comments: true
---

"""
    + OPEN
    + "\n\n"
    + NEXT
    + "\n\nShare on Facebook\n",
    ["Share on Facebook"],
)
SHAPES["md heading under list"] = (
    OPEN
    + "\n\n"
    + MONEY
    + """

Related stories
- Five mills that the river gave back
- Swans of the county counted in June
## What the council says

"""
    + NEXT
    + "\n\nIn the evening the band of the lower town played on the middle pier, and the ferrymen gave free rides to all who asked.",
    ["Related stories", "- Five mills that the river gave back", "- Swans of the county counted in June"],
)
SHAPES["plain heading under list"] = (
    OPEN
    + "\n\n"
    + MONEY
    + """

Related stories
- Five mills that the river gave back
- Swans of the county counted in June
What the council says

"""
    + NEXT
    + "\n\nIn the evening the band of the lower town played on the middle pier, and the ferrymen gave free rides to all who asked.",
    ["Related stories", "- Five mills that the river gave back", "- Swans of the county counted in June"],
)
SHAPES["form feed"] = (
    OPEN
    + "\n\nPage 1 of 3\n\fHARROWGATE LEDGER | 4 MARCH 2025\n\n"
    + NEXT
    + "\n\nPage 2 of 3\n\fHARROWGATE LEDGER | 4 MARCH 2025\n\n"
    + MONEY
    + "\n\nPage 3 of 3\n\f",
    ["Page 1 of 3", "\fHARROWGATE LEDGER | 4 MARCH 2025", "Page 2 of 3", "Page 3 of 3"],
)


@pytest.mark.parametrize("level", ["careful", "standard"])
@pytest.mark.parametrize("name", SHAPES)
def test_nothing_else_goes(name: str, level: str) -> None:
    text, goes = SHAPES[name]
    gone = [e.removed.strip("\n") for e in Cleaner(level=level).clean(text).edits if e.removed.strip()]
    assert set(gone) <= set(goes)
    if level == "standard":
        assert set(gone) == set(goes)

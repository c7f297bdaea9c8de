"""Bodies of four pages of one site, which share nothing."""

from __future__ import annotations

BODIES = [
    "The council met on Monday night and voted, after four hours of talk, for a new bridge over the river.",
    "A painter who left the town fifty years ago came back to it last week, and hardly knew its streets again.",
    "Prices of bread and milk rose by a tenth in a single year, and nobody in the market thought that it was over.",
    "The museum will open its new wing in the spring, with rooms for the children and a hall for the old ships.",
]

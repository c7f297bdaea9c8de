"""Many files at once: nothing lost, nothing torn, the same result however often it was interrupted.

Imports `sites` and below. Begin with `plan` (what is asked), then `run`, `work` (one document) and `ledger` (what is written).
"""

from __future__ import annotations

from cleaner.batch.plan import Plan
from cleaner.batch.progress import Progress, Silent
from cleaner.batch.run import run
from cleaner.batch.tally import Failure, Summary
from cleaner.batch.targets import InPlace, Mirror, Nowhere

__all__ = ["Failure", "InPlace", "Mirror", "Nowhere", "Plan", "Progress", "Silent", "Summary", "run"]

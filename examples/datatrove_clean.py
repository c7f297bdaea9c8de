"""Clean JSON lines (or, with another reader, WARC or WET files) with datatrove's local executor.

pip install 'boilerplate-cleaner[datatrove]'
python examples/datatrove_clean.py IN OUT [TASKS]
"""

from __future__ import annotations

import sys

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers.jsonl import JsonlWriter

from cleaner.integrations.datatrove import CleanerStep


def main() -> None:
    source, out = sys.argv[1:3]
    tasks = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    LocalPipelineExecutor(
        pipeline=[JsonlReader(source), CleanerStep(), JsonlWriter(out)],
        tasks=tasks,
        workers=tasks,
        logging_dir=f"{out}/logs",
    ).run()


if __name__ == "__main__":
    main()

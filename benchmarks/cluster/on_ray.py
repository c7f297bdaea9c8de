"""Ray: a head node and a second one, started as `ray start` on this machine."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from benchmarks.cluster.figures import Noting
from tools.ray_nodes import PLACE, cluster, take_token, wait

_NODES = 2
# One for the actor that cleans, one for the tasks that read and write: with one for both Ray says that it may wait for ever.
_PROCESSORS = 2
# Left to itself, Ray 2.60 reads Parquet into blocks of up to 128 MiB, whatever `override_num_blocks` says, and one worker gets them all.
_BLOCK = 8 << 20


def clean(source: Path, out: Path, notes: Path) -> None:
    """Clean the Parquet files of `source` into the folder `out`, in order."""
    take_token()
    os.environ["RAY_DATA_PARQUET_BIN_PACKING_BYTES"] = str(_BLOCK)
    import ray
    import ray.data

    with cluster(_NODES, _PROCESSORS, out.parent / "ray") as address:
        stop = signal.getsignal(signal.SIGTERM)
        ray.init(address=address, log_to_driver=False, logging_level="error")
        signal.signal(signal.SIGTERM, stop)  # Ray's own ends this process there and then, and its nodes would stay
        try:
            wait(lambda: sum(node["Alive"] for node in ray.nodes()) == _NODES)
            context = ray.data.DataContext.get_current()
            context.enable_progress_bars = False
            context.execution_options.preserve_order = True
            ray.data.read_parquet(str(source)).map_batches(
                Noting,
                batch_format="pyarrow",
                batch_size=1024,
                fn_constructor_kwargs={"notes": str(notes)},
                compute=ray.data.ActorPoolStrategy(size=_NODES),
                resources={PLACE: 1},
            ).write_parquet(str(out))
        finally:
            ray.shutdown()
            signal.signal(signal.SIGTERM, stop)  # which it has made the system's own

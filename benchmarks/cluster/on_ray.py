"""Ray: a head node and a second one of one processor each, started as `ray start` on this machine."""

from __future__ import annotations

from pathlib import Path

from benchmarks.cluster.figures import Noting
from tools.ray_nodes import cluster, take_token, wait

_NODES = 2
# Of each node's one processor, what the actor that cleans takes (so a node has room for one), and what a task takes that reads or writes.
_CLEANS, _READS = 0.75, 0.25


def clean(source: Path, out: Path, notes: Path) -> None:
    """Clean the Parquet files of `source` into the folder `out`, in order."""
    take_token()
    import ray
    import ray.data

    with cluster(_NODES, 1, out.parent / "ray") as address:
        ray.init(address=address, log_to_driver=False, logging_level="error")
        try:
            wait(lambda: sum(node["Alive"] for node in ray.nodes()) == _NODES)
            context = ray.data.DataContext.get_current()
            context.enable_progress_bars = False
            context.execution_options.preserve_order = True
            # A block a file: left to itself Ray makes blocks of up to 128 MiB, and one worker gets them all.
            files = len(list(source.iterdir()))
            dataset = ray.data.read_parquet(str(source), override_num_blocks=files, num_cpus=_READS)
            dataset.map_batches(
                Noting,
                batch_format="pyarrow",
                batch_size=1024,
                fn_constructor_kwargs={"notes": str(notes)},
                compute=ray.data.ActorPoolStrategy(size=_NODES),
                num_cpus=_CLEANS,
            ).write_parquet(str(out), ray_remote_args={"num_cpus": _READS})
        finally:
            ray.shutdown()

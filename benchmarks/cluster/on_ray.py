"""Ray: a head node and a second one, each started as `ray start` on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import ray
import ray.data

from benchmarks.cluster.figures import Noting

ROOT = Path(__file__).resolve().parent.parent.parent
# One for the actor that cleans, one for the tasks that read and write.
_PROCESSORS = 2
_STORE = 500_000_000


def clean(source: Path, out: Path, notes: Path) -> None:
    """Clean the Parquet files of `source` into the folder `out`, in order."""
    with cluster(2, out.parent / "ray") as address:
        ray.init(address=address, log_to_driver=False)
        try:
            context = ray.data.DataContext.get_current()
            context.enable_progress_bars = False
            context.execution_options.preserve_order = True
            dataset = ray.data.read_parquet(str(source))
            dataset.map_batches(
                Noting,
                batch_format="pyarrow",
                batch_size=1024,
                fn_constructor_kwargs={"notes": str(notes)},
                compute=ray.data.ActorPoolStrategy(size=2),
                scheduling_strategy="SPREAD",
            ).write_parquet(str(out))
        finally:
            ray.shutdown()


@contextmanager
def cluster(nodes: int, folder: Path) -> Iterator[str]:
    """The address of a cluster of so many nodes on this machine; its files lie in `folder`.

    Its processes are those that were started here, and end by their number: `ray stop` would end every Ray on the machine.
    """
    port = _free_port()
    started: list[subprocess.Popen[bytes]] = []
    try:
        for number in range(nodes):
            place = ["--address", f"127.0.0.1:{port}"]
            if not number:
                place = ["--head", "--port", str(port), "--temp-dir", str(folder), "--include-dashboard", "false"]
            started.append(_node(place))
            time.sleep(5)  # `ray start --block` says nothing that a program could wait for
        yield f"127.0.0.1:{port}"
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait()


def _node(place: list[str]) -> subprocess.Popen[bytes]:
    command = [
        sys.executable, "-m", "ray.scripts.scripts", "start", "--block", *place, "--node-ip-address", "127.0.0.1",
        "--num-cpus", str(_PROCESSORS), "--object-store-memory", str(_STORE), "--disable-usage-stats",
    ]  # fmt: skip
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])

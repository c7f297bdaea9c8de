"""Ray: a head node and a second one of one processor each, started as `ray start` on this machine."""

from __future__ import annotations

import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.cluster.figures import Noting

ROOT = Path(__file__).resolve().parent.parent.parent
_NODES = 2
# Of each node's one processor, what the actor that cleans takes (so a node has room for one), and what a task takes that reads or writes.
_CLEANS, _READS = 0.75, 0.25
_STORE = 500_000_000
# Seconds.
_PATIENCE = 600


def clean(source: Path, out: Path, notes: Path) -> None:
    """Clean the Parquet files of `source` into the folder `out`, in order."""
    # A token of this cluster's own, whatever the user's other ones are. Ray reads it when it is imported.
    os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}
    import ray
    import ray.data

    with cluster(_NODES, out.parent / "ray") as address:
        ray.init(address=address, log_to_driver=False, logging_level="error")
        try:
            _wait(lambda: sum(node["Alive"] for node in ray.nodes()) == _NODES)
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


@contextmanager
def cluster(nodes: int, folder: Path) -> Iterator[str]:
    """The address of a cluster of so many nodes on this machine; its files lie in `folder`.

    Its processes are those that were started here, and end by their number: `ray stop` would end every Ray on the machine.
    """
    address = ""
    started: list[subprocess.Popen[bytes]] = []
    try:
        for number in range(nodes):
            place = ["--address", address]
            if not number:
                # Ray itself chooses the port: one that was looked for here may be another cluster's by the time it is used.
                place = ["--head", "--port", "0", "--temp-dir", str(folder), "--include-dashboard", "false"]
            said = folder.with_name(f"node-{number}")
            started.append(_node(place, said))
            _wait(partial(_is_up, started[-1], said))
            address = address or _address(said.read_text())
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait()


def _node(place: list[str], said: Path) -> subprocess.Popen[bytes]:
    # Two nodes of one machine: what has a usual port, or a range of them, would meet the other's.
    ports = (
        "--dashboard-agent-listen-port",
        "--dashboard-agent-grpc-port",
        "--runtime-env-agent-port",
        "--metrics-export-port",
    )
    command = [
        sys.executable, "-m", "ray.scripts.scripts", "start", "--block", *place, "--num-cpus", "1",
        "--object-store-memory", str(_STORE), "--min-worker-port", "0", "--max-worker-port", "0", "--disable-usage-stats",
        *(word for name in ports for word in (name, str(_free_port()))),
    ]  # fmt: skip
    # (A busy machine takes longer than the half minute that Ray gives a node.)
    env = {**os.environ, "PYTHONPATH": str(ROOT), "RAY_raylet_start_wait_time_s": str(_PATIENCE)}
    with said.open("wb") as output:
        return subprocess.Popen(command, env=env, stdout=output, stderr=output)


def _is_up(process: subprocess.Popen[bytes], said: Path) -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"a node did not come up:\n{said.read_text()}")
    return "--block" in said.read_text()  # the last that it says


def _address(said: str) -> str:
    """Where the head listens, as it tells for further nodes."""
    found = re.search(r"--address='([^']+)'", said)
    if not found:
        raise RuntimeError(f"the head node names no address:\n{said}")
    return found[1]


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _wait(ready: Callable[[], bool]) -> None:
    """Wait until it is so. Raises TimeoutError if it takes too long."""
    end = time.monotonic() + _PATIENCE
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError("the cluster did not come up")
        time.sleep(0.5)

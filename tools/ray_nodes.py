"""Ray on this machine: nodes that are started as `ray start` starts them, each with ports of its own.

`ray.init` by itself comes to nothing on a busy machine, and waits for ever then: Ray 2.60's raylet ends if the agent that it starts
does not name its ports within 15 seconds, which cannot be set. So it is given the ports, and what it waits for all the same is
written beforehand. Its reader of Parquet starts 32 processes to read footers, of two files too, if it is not told another number.
And its workers step back by 15 degrees (`nice`), so that where anything else runs they get next to no processor time.
"""

from __future__ import annotations

import json
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

from tools.environment import ROOT

# What each node has one of: of actors that ask for it, each gets a node to itself.
PLACE = "place"
_STORE = 500_000_000
# Seconds.
_PATIENCE = 600
# The file in which an agent says that it serves no pages, as it does without the dashboard.
_NO_PAGES = "dashboard_agent_listen_port"


def take_token() -> None:
    """Give what this process starts, and talks to, a token of its own. Ray reads it when it is imported: call this before."""
    os.environ |= {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32)}


@contextmanager
def cluster(nodes: int, processors: int, folder: Path) -> Iterator[str]:
    """The address of a cluster of so many nodes of so many processors; its files lie in `folder`, whose path is to be short.

    `take_token` comes before.

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
            name = secrets.token_hex(28)
            started.append(_node(place, processors, name, said))
            wait(partial(_is_up, started[-1], said, folder, f"{_NO_PAGES}_{name}"))
            address = address or _address(said.read_text())
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait()


def _node(place: list[str], processors: int, name: str, said: Path) -> subprocess.Popen[bytes]:
    # Two nodes of one machine: what has a usual port, or a range of them, would meet the other's.
    ports = (
        "--dashboard-agent-listen-port",
        "--dashboard-agent-grpc-port",
        "--runtime-env-agent-port",
        "--metrics-export-port",
    )
    command = [
        sys.executable, "-m", "ray.scripts.scripts", "start", "--block", *place, "--num-cpus", str(processors),
        "--resources", json.dumps({PLACE: 1}),
        "--object-store-memory", str(_STORE), "--min-worker-port", "0", "--max-worker-port", "0", "--disable-usage-stats",
        *(word for name in ports for word in (name, str(_free_port()))),
    ]  # fmt: skip
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "RAY_DATA_PARQUET_FOOTER_NUM_ACTORS": "1",
        "RAY_worker_niceness": "0",
        "RAY_OVERRIDE_NODE_ID_FOR_TESTING": name,
        "RAY_gcs_server_port_wait_time_s": str(_PATIENCE),
        "RAY_raylet_start_wait_time_s": str(_PATIENCE),
        "RAY_agent_register_timeout_ms": str(1000 * _PATIENCE),
        "RAY_worker_register_timeout_seconds": str(_PATIENCE),
    }
    with said.open("wb") as output:
        return subprocess.Popen(command, env=env, stdout=output, stderr=output)


def _is_up(process: subprocess.Popen[bytes], said: Path, folder: Path, no_pages: str) -> bool:
    if process.poll() is not None:
        raise RuntimeError(f"a node did not come up:\n{said.read_text()}")
    for session in folder.glob("session_2*"):
        if not (session / no_pages).exists():
            (session / no_pages).write_text("-1")
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


def wait(ready: Callable[[], bool]) -> None:
    """Wait until it is so. Raises TimeoutError if it takes too long."""
    end = time.monotonic() + _PATIENCE
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError("the cluster did not come up")
        time.sleep(0.5)

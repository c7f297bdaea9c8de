"""The engines, started once for all tests that ask for them."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.running import ROOT
from tools.ray_nodes import cluster, take_token


@pytest.fixture(scope="session")
def ray_() -> Iterator[Any]:
    """Ray on two processors; its blocks come out in order."""
    take_token()
    ray = pytest.importorskip("ray", reason="the extra ray is not installed")
    pytest.importorskip("ray.data", reason="the extra ray is not installed")
    with (
        tempfile.TemporaryDirectory(prefix="ray-", ignore_cleanup_errors=True) as folder,
        cluster(1, 2, Path(folder, "ray")) as address,
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ray.init(address, log_to_driver=False, logging_level="error")
            ray.data.DataContext.get_current().enable_progress_bars = False
            ray.data.DataContext.get_current().execution_options.preserve_order = True
        yield ray
        ray.shutdown()


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A session of Spark with two threads."""
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if not shutil.which("java"):
        pytest.skip("there is no Java for Spark")
    before = dict(os.environ)
    os.environ |= {"PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}
    session = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()
    os.environ.clear()
    os.environ |= before

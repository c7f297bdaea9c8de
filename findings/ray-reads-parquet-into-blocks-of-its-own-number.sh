#!/usr/bin/env bash
# Ray Data 2.60.0 documents `override_num_blocks` of its readers as the number of output blocks from all read tasks. `read_csv`
# of four files heeds it: four blocks for 4, two for 2. `read_parquet` of four files with the same rows gives one block whatever it is
# told, without a warning: its read tasks are bins of row groups, up to 128 MiB each. An actor pool behind it has work for one actor.
# What does part them is the environment variable RAY_DATA_PARQUET_BIN_PACKING_BYTES.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'ray[data]==2.60.0' pyarrow==26.0.1 pandas==3.1.1
cd "$folder"
cat > told.py <<'PY'
import json
import logging

import ray
import ray.data

ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
ray.data.DataContext.get_current().enable_progress_bars = False
logging.getLogger("ray.data").setLevel("ERROR")
found = {}
for kind, read in (("csv", ray.data.read_csv), ("parquet", ray.data.read_parquet)):
    for blocks in (2, 4):
        dataset = read(f"in/{kind}", override_num_blocks=blocks).materialize()
        assert dataset.count() == 4000
        found[f"{kind} {blocks}"] = dataset.num_blocks()
print(json.dumps(found))
PY
"$folder/venv/bin/python" - <<'PY'
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

for kind, write in (("csv", pa.csv.write_csv), ("parquet", pa.parquet.write_table)):
    Path("in", kind).mkdir(parents=True)
    for part in range(4):
        write(pa.table({"n": range(1000 * part, 1000 * part + 1000)}), f"in/{kind}/{part}.{kind}")
PY
export RAY_raylet_start_wait_time_s=600 RAY_DATA_PARQUET_FOOTER_NUM_ACTORS=1
plain=$("$folder/venv/bin/python" told.py | tail -n 1)
small=$(RAY_DATA_PARQUET_BIN_PACKING_BYTES=1 "$folder/venv/bin/python" told.py | tail -n 1)
echo "ray $("$folder/venv/bin/python" -c 'import ray; print(ray.__version__)'), blocks of four files, by kind and override_num_blocks:"
echo "$plain"
echo "with RAY_DATA_PARQUET_BIN_PACKING_BYTES=1: $small"
if [ "$plain" = '{"csv 2": 2, "csv 4": 4, "parquet 2": 1, "parquet 4": 1}' ] &&
    [ "$small" = '{"csv 2": 2, "csv 4": 4, "parquet 2": 4, "parquet 4": 4}' ]; then
    echo "as described"
else
    echo "CHANGED"
    exit 1
fi

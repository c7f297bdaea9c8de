#!/usr/bin/env bash
# One Parquet file of three row groups (90, 100 and 30 MiB uncompressed; a few kB on disk), read by Ray Data 2.60.0 with
# `execution_options.preserve_order = True`, "to preserve the ordering between blocks processed by operators". Its rows come out in another
# order than the file's: the new reader packs row groups into read tasks of 128 MiB by best fit, the third beside the first, before
# there are blocks whose order could be kept. With RAY_DATA_USE_DATASOURCE_V2=0 the same program gives the file's order.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'ray[data]==2.60.0' pyarrow==26.0.1 pandas==3.1.1
cd "$folder"
mkdir in
"$folder/venv/bin/python" - <<'PY'
import pyarrow as pa
import pyarrow.parquet as pq

kind = pa.schema([("n", pa.int64()), ("text", pa.string())])
with pq.ParquetWriter("in/a.parquet", kind, compression="zstd", use_dictionary=False) as writer:
    for group, size in enumerate((90, 100, 30)):
        writer.write_table(pa.table({"n": [group] * size, "text": ["x" * (1 << 20)] * size}))
PY
cat > order.py <<'PY'
import logging
from itertools import groupby

import pyarrow as pa
import ray
import ray.data


def numbers(table: pa.Table) -> pa.Table:
    return table.select(["n"])


ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
context = ray.data.DataContext.get_current()
context.enable_progress_bars = False
context.execution_options.preserve_order = True
logging.getLogger("ray.data").setLevel("ERROR")
dataset = ray.data.read_parquet("in").map_batches(numbers, batch_format="pyarrow", batch_size=None)
rows = [row["n"] for row in dataset.take_all()]
assert len(rows) == 220
print([group for group, _ in groupby(rows)])
PY
export RAY_raylet_start_wait_time_s=600 RAY_DATA_PARQUET_FOOTER_NUM_ACTORS=1
new=$("$folder/venv/bin/python" order.py | tail -n 1)
old=$(RAY_DATA_USE_DATASOURCE_V2=0 "$folder/venv/bin/python" order.py | tail -n 1)
echo "ray $("$folder/venv/bin/python" -c 'import ray; print(ray.__version__)'), row groups in the order of the rows:"
echo "as it is: $new; with RAY_DATA_USE_DATASOURCE_V2=0: $old"
if [ "$new" != '[0, 1, 2]' ] && [ "$old" = '[0, 1, 2]' ]; then
    echo "as described"
else
    echo "CHANGED"
    exit 1
fi

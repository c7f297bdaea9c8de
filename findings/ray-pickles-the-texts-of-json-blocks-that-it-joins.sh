#!/usr/bin/env bash
# Two files of JSON lines with the same field `text`; in the second it is null in every line. Ray Data 2.60.0 hands each block to
# a function of Arrow batches as text (large_string) and as a column of no type (null). With a `batch_size` that makes it join the two
# blocks, the same rows arrive as `arrow_pickled_object`, an extension type of pickled Python objects, which holds no strings for Arrow's
# functions. pyarrow itself joins the two tables to large_string.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q 'ray[data]==2.60.0' pyarrow==26.0.1 pandas==3.1.1
cd "$folder"
mkdir in
printf '{"n": 0, "text": "a"}\n{"n": 1, "text": "b"}\n' > in/a.json
printf '{"n": 2, "text": null}\n' > in/b.json
RAY_raylet_start_wait_time_s=600 "$folder/venv/bin/python" - <<'PY'
import sys

import pyarrow as pa
import ray
import ray.data

ray.init("local", num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="error")
context = ray.data.DataContext.get_current()
context.enable_progress_bars = False
context.execution_options.preserve_order = True


def told(table: pa.Table) -> pa.Table:
    return pa.table({"rows": [table.num_rows], "type": [str(table.schema.field("text").type)]})


def types(batch_size: int | None) -> list[tuple[int, str]]:
    dataset = ray.data.read_json("in", lines=True).map_batches(told, batch_format="pyarrow", batch_size=batch_size)
    return [(row["rows"], row["type"]) for row in dataset.take_all()]


print("ray", ray.__version__, "pyarrow", pa.__version__)
alone, joined = types(None), types(1024)
print("each block alone:", alone)
print("joined:", joined)
texts = pa.table({"text": pa.array(["a", "b"], pa.large_string())})
by_arrow = pa.concat_tables([texts, pa.table({"text": pa.nulls(1)})], promote_options="default").schema.field("text").type
print("joined by pyarrow:", by_arrow)
expected = {kind for _, kind in alone} == {"large_string", "null"} and by_arrow == pa.large_string()
expected = expected and len(joined) == 1 and joined[0][0] == 3 and "arrow_pickled_object" in joined[0][1]
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY

#!/usr/bin/env bash
# With the pip that `python3.11 -m venv` brings (23.2), `pip install trafilatura` succeeds, `pip check` finds nothing broken,
# and `import trafilatura` fails: jusText asks for `lxml[html_clean]`, lxml calls that extra `html-clean`, and pip before 23.3
# does not take the two for one, so lxml_html_clean is left out with no more than a warning. pip 23.3 and later install it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/old" && python3 -m venv "$folder/new"
"$folder/old/bin/python" -m pip install -q --disable-pip-version-check "pip==23.2.1"
"$folder/new/bin/python" -m pip install -q --disable-pip-version-check "pip==23.3.2"
for one in old new; do
    "$folder/$one/bin/python" -m pip install -q --disable-pip-version-check \
        "trafilatura==2.3.1" "justext==3.0.2" "lxml==6.1.3" 2> "$folder/$one.err" || { cat "$folder/$one.err"; exit 2; }
    "$folder/$one/bin/python" -m pip --version | cut -d' ' -f1-2
    grep -i "does not provide the extra" "$folder/$one.err" || true
    echo "pip check: $("$folder/$one/bin/python" -m pip check --disable-pip-version-check 2> /dev/null)"
    if "$folder/$one/bin/python" -c "import trafilatura; print('trafilatura', trafilatura.__version__)" \
        > "$folder/$one.out" 2>&1; then echo works > "$folder/$one.how"; else echo fails > "$folder/$one.how"; fi
    tail -n 1 "$folder/$one.out"
    echo "import trafilatura: $(cat "$folder/$one.how")"
done
[ "$(cat "$folder/old.how")" = fails ] && [ "$(cat "$folder/new.how")" = works ]

"""Build the documentation site: `python -m tools.site [FOLDER]`, by default into `build/site`, which git leaves out.

Every link and anchor is checked; a warning of mkdocs ends the build. Exit status 0, or 2 with a line that says why.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEFAULT = HERE.parent.parent / "build" / "site"
# Says that a folder was made here, and may be made anew.
MARK = ".made-by-tools-site"


def lay_out(folder: Path) -> list[dict[str, str]]:
    """Write all that mkdocs reads into `folder`, which exists and is empty; returns the reference's part of `nav`."""
    from tools.site import api, pages, reference

    pages.write(folder)
    made = reference.pages(reference.built_in())
    for path, text in {**made, "api.md": api.page()}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    shutil.copy2(HERE / "site.css", folder)
    return reference.nav(made)


def build(into: Path) -> None:
    """Build the site; what stands at `into` is replaced when the new one is whole.

    Raises mkdocs.exceptions.MkDocsException for whatever is wrong in it, warnings included.
    """
    os.environ.setdefault("DISABLE_MKDOCS_2_WARNING", "true")  # the theme's notice on a successor of mkdocs
    from mkdocs.commands.build import build as build_site
    from mkdocs.config import load_config

    with tempfile.TemporaryDirectory() as name:
        pages, made = Path(name, "pages"), Path(name, "site")
        pages.mkdir()
        nav = lay_out(pages)
        config = load_config(str(HERE / "mkdocs.yml"), docs_dir=str(pages), site_dir=str(made), strict=True)
        next(entry["Rules"] for entry in config["nav"] if "Rules" in entry).append({"Reference": nav})
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build_site(config)
        finally:
            config.plugins.on_shutdown()
        (made / MARK).touch()
        if into.exists():
            shutil.rmtree(into)
        into.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, into)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.site", description="Build the documentation site.")
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT, help="where it goes [build/site]")
    into = parser.parse_args().folder.resolve()
    if into.exists() and not (into / MARK).exists() and (not into.is_dir() or any(into.iterdir())):
        print(f"site: {into} holds something else; name another folder", file=sys.stderr)
        return 2
    began = time.monotonic()
    logging.basicConfig(level=logging.WARNING, format="site: %(message)s")
    try:
        build(into)
    except ModuleNotFoundError as e:
        print(f"site: needs {e.name}: pip install -e '.[docs]'", file=sys.stderr)
        return 2
    except SystemExit:  # what mkdocs raises; it has said why
        print("site: not built", file=sys.stderr)
        return 2
    print(f"{into / 'index.html'}: {sum(1 for _ in into.rglob('*.html'))} pages in {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())

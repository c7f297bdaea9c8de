"""Writes the measured tables and the curve into the page on quality, between its markers."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

_TITLES = {
    "level": "The three levels",
    "baseline": "Published line rules on the same lines",
    "sweep": "The curve, by threshold",
    "scraper": "By scraper, standard level",
    "language": "By language, standard level",
    "category": "By category, standard level (the rule that weighed most)",
}
_WIDTH, _HEIGHT, _LEFT, _TOP = 640, 400, 60, 30
_X = (0.03, 30.0)  # per cent of body words lost, logarithmic


def write(page: Path, rows: list[dict[str, Any]]) -> None:
    """Replace what stands between `<!-- measured -->` and `<!-- end -->` in `page`, and draw a curve for each track."""
    parts = []
    for track in sorted({r["track"] for r in rows}, reverse=True):
        picture = page.with_name(f"{page.stem}-{track}.svg")
        picture.write_text(_curve([r for r in rows if r["track"] == track], track), encoding="utf-8")
        parts.append(f"## Track: {track}\n\n![Body words lost against boilerplate lines removed]({picture.name})\n")
        for kind, title in _TITLES.items():
            found = [r for r in rows if r["track"] == track and r["kind"] == kind]
            if found:
                parts.append(f"### {title}\n\n{_table(found)}\n")
    text = page.read_text(encoding="utf-8")
    measured = "<!-- measured -->\n" + "\n".join(parts) + "<!-- end -->"
    page.write_text(
        re.sub(r"<!-- measured -->.*<!-- end -->", lambda _: measured, text, flags=re.DOTALL), encoding="utf-8"
    )


def _table(rows: list[dict[str, Any]]) -> str:
    columns = [c for c in rows[0] if c not in ("kind", "track") and any(r[c] is not None for r in rows)]
    head = "| " + " | ".join(c.replace("_", " ") for c in columns) + " |"
    rule = "| --- |" + " ---: |" * (len(columns) - 1)
    body = ["| " + " | ".join("-" if r[c] is None else str(r[c]) for c in columns) + " |" for r in _ordered(rows)]
    return "\n".join([head, rule, *body])


def _ordered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if rows[0]["kind"] == "sweep":
        return sorted(rows, key=lambda r: -float(r["method"]))
    if rows[0]["kind"] == "category":
        return sorted(rows, key=lambda r: -r["lines_right"])
    return sorted(rows, key=lambda r: (r["body_lost"] is None, r["body_lost"]))


def _curve(rows: list[dict[str, Any]], track: str) -> str:
    """An SVG: boilerplate lines removed (linear, upwards) against body words lost (logarithmic)."""
    shapes = []
    sweep = [r for r in _ordered([r for r in rows if r["kind"] == "sweep"]) if r["body_lost"]]
    points = " ".join(f"{_x(r['body_lost']):.1f},{_y(r['lines_removed']):.1f}" for r in sweep)
    shapes.append(f'<polyline points="{points}" fill="none" stroke="#0a6" stroke-width="2"/>')
    for r in rows:
        if r["kind"] in ("level", "baseline") and r["body_lost"]:
            colour = "#0a6" if r["kind"] == "level" else "#b40"
            x, y = _x(r["body_lost"]), _y(r["lines_removed"])
            shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>')
            shapes.append(f'<text x="{x + 7:.1f}" y="{y + 4:.1f}">{r["method"]}</text>')
    for share in (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20):
        shapes.append(f'<text x="{_x(share):.1f}" y="{_HEIGHT - 22}" text-anchor="middle">{share:g}</text>')
        shapes.append(f'<path d="M{_x(share):.1f} {_TOP}V{_HEIGHT - 40}" stroke="#ddd"/>')
    for share in range(0, 101, 20):
        shapes.append(f'<text x="{_LEFT - 8}" y="{_y(share) + 4:.1f}" text-anchor="end">{share}</text>')
        shapes.append(f'<path d="M{_LEFT} {_y(share):.1f}H{_WIDTH - 20}" stroke="#ddd"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">'
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(shapes)}'
        f'<text x="{_LEFT}" y="18">{track}: boilerplate lines removed (%) against body words lost (%)</text></svg>\n'
    )


def _x(lost: float) -> float:
    low, high = map(math.log, _X)
    return _LEFT + (math.log(min(max(lost, _X[0]), _X[1])) - low) / (high - low) * (_WIDTH - _LEFT - 20)


def _y(removed: float) -> float:
    return _HEIGHT - 40 - removed / 100 * (_HEIGHT - 40 - _TOP)

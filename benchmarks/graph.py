"""Bar graphs as SVG, written by hand: one less package to have."""

from __future__ import annotations

from html import escape


def bars(title: str, values: list[tuple[str, float]]) -> str:
    """An SVG with one bar for each name and value; the values are written beside."""
    most = max(v for _, v in values) or 1.0
    height = 40 + 30 * len(values)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{height}" font-family="sans-serif" font-size="14">',
        f'<rect width="760" height="{height}" fill="white"/><text x="10" y="22" font-weight="bold">{escape(title)}</text>',
    ]
    for i, (name, value) in enumerate(values):
        y = 40 + 30 * i
        out.append(f'<text x="290" y="{y + 15}" text-anchor="end">{escape(name)}</text>')
        out.append(f'<rect x="300" y="{y}" width="{max(1, 360 * value / most):.0f}" height="20" fill="#4477aa"/>')
        out.append(f'<text x="{306 + 360 * value / most:.0f}" y="{y + 15}">{value:.3g}</text>')
    return "\n".join([*out, "</svg>"]) + "\n"

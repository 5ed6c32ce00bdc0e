"""Every pair of colours that a reader has to tell apart, in light and dark, as WCAG 2.2 AA asks."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.common.finders import PARTS

TOKENS = Path(settings.BASE_DIR) / "static" / "css" / "tokens.css"
THEMES = ("light", "dark")
STATES = ("achieved", "partly-achieved", "on-track", "in-progress", "at-risk", "behind", "stale")
GROUNDS = ("page", "surface")
TEXT_PAIRS = [
    *[(text, ground) for ground in GROUNDS for text in ("text", "text-soft", "link", "link-hover")],
    *[(state, ground) for ground in GROUNDS for state in (*STATES, "quiet", "error")],
    *[(text, "band") for text in ("on-band", "on-band-soft")],
    *[("on-accent", ground) for ground in ("accent", "link-hover")],
    *[("text", ground) for ground in ("surface-strong", "notice", "alert", "mark")],
    ("at-risk", "notice"),
    ("error", "alert"),
    ("page", "text"),
    ("band", "on-band"),
]
SHAPE_PAIRS = [
    *[(line, ground) for line in ("field-border", "focus", "accent") for ground in GROUNDS],
    ("focus", "focus-halo"),
    ("on-band", "band"),
]
BRANDS = {
    "blue": ("#1f4fa3", "#8fb4f2"),
    "red": ("#a3262a", "#f0a3a0"),
    "violet": ("#5b3a9e", "#c0aaf0"),
}


def declarations(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", css))


def tokens(theme: str, **overrides: str) -> dict[str, str]:
    """Read the custom properties as the cascade of one theme leaves them."""
    css = re.sub(r"/\*.*?\*/", "", TOKENS.read_text("utf-8"), flags=re.DOTALL)
    light, dark = re.split(r"@media screen and \(prefers-color-scheme: dark\) \{", css)
    dark, meanings = dark.split("\n  }\n", 1)
    found = declarations(light)
    if theme == "dark":
        found |= declarations(dark)
    return (
        found | declarations(meanings) | {f"--{name}": value for name, value in overrides.items()}
    )


def rgb(value: str, names: dict[str, str]) -> tuple[float, ...]:
    """Resolve ``var()``, ``color-mix(in srgb, A p%, B)`` and ``#rrggbb``."""
    if value.startswith("var("):
        return rgb(names[value[4:-1]], names)
    if value.startswith("color-mix("):
        first, share, second = re.fullmatch(
            r"color-mix\(in srgb, (\S+) (\d+)%, (\S+)\)", value
        ).groups()
        part = int(share) / 100
        mixed = zip(rgb(first, names), rgb(second, names), strict=True)
        return tuple(part * one + (1 - part) * other for one, other in mixed)
    return tuple(int(value[start : start + 2], 16) / 255 for start in (1, 3, 5))


def luminance(colour: tuple[float, ...]) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, names: dict[str, str]) -> float:
    lighter, darker = sorted(
        (luminance(rgb(f"var(--color-{name})", names)) for name in (one, other)), reverse=True
    )
    return (lighter + 0.05) / (darker + 0.05)


def too_faint(pairs: list[tuple[str, str]], least: float, names: dict[str, str]) -> dict:
    found = {pair: round(contrast(*pair, names), 2) for pair in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < least}


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read(theme):
    assert not too_faint(TEXT_PAIRS, 4.5, tokens(theme))


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_controls_can_be_seen(theme):
    assert not too_faint(SHAPE_PAIRS, 3, tokens(theme))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("brand", BRANDS)
def test_another_citys_colour_stays_readable(brand, theme):
    names = tokens(theme, brand=BRANDS[brand][THEMES.index(theme)])

    assert not too_faint(TEXT_PAIRS, 4.5, names)


def test_dark_theme_reassigns_raw_values_only():
    css = TOKENS.read_text("utf-8")
    dark = css.split("prefers-color-scheme: dark", 1)[1].split("\n  }\n", 1)[0]

    assert not [name for name in declarations(dark) if name.startswith(("--color-", "--art-"))]


def test_components_read_meanings_only():
    raw = re.compile(r"var\(--(?:raw-|brand|warm)|#[0-9a-f]{3,6}\b|rgb\(", re.IGNORECASE)
    names = [name for name in PARTS if name not in ("tokens", "print")]
    found = {
        name: raw.findall((TOKENS.parent / f"{name}.css").read_text("utf-8")) for name in names
    }

    assert not {name: values for name, values in found.items() if values}

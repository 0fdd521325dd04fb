"""Contrast, worked out from the style sheets themselves: WCAG 2.2, 1.4.3 and 1.4.11, in both themes."""

import re
from pathlib import Path

import pytest

from tallystick.month import charts, drawing, peer_chart

SHEETS = {
    "site": Path("src/tallystick/site/static/site/tallystick.css"),
    "report": Path("src/tallystick/month/assets/report.css"),
}
TEXT, PART = 4.5, 3.0
PLACES = ("surface", "surface-2", "ground")
STATES = ("met", "blt", "blm", "nrp", "nev")
# Ink and what it stands on, by the names of the tokens.
TEXTS = (
    *((ink, place) for ink in ("ink", "ink-2", "link") for place in PLACES),
    *((state, f"{state}-bg") for state in STATES),
    *(("ink", on) for on in ("link-soft", "nev-bg")),
    *(("ink-2", on) for on in ("nev-bg",)),
    *(("link", on) for on in ("link-soft",)),
    ("brand", "surface"),
)
# What charts and icons write in the colour of a state, straight on the page.
LABELS = tuple((state, "surface") for state in STATES)
PARTS = (
    ("line-2", "surface"),
    ("mark", "surface"),
    ("mark", "ground"),
    *((f"{state}-bar", "surface") for state in STATES),
)
SITE_ONLY = (("ink", "ins"), ("ink", "del"))
# Colours that are the same in both themes, as the sheet says them.
FIXED = {
    ".btn-primary": TEXT,
    ".btn-primary:hover": TEXT,
    ".cls.red b": TEXT,
    ".cls.amber b": TEXT,
    ".cls.green b": TEXT,
    ".cls.white b": TEXT,
}
DESIGNED = {  # what the design gives, to a tenth: the reckoning here is checked by it
    ("light", "ink", "surface"): 16.2,
    ("dark", "ink", "surface"): 14.1,
    ("light", "ink-2", "ground"): 6.8,
    ("dark", "link", "surface"): 7.9,
    ("light", "line-2", "surface"): 3.2,
    ("dark", "mark", "surface"): 8.7,
    ("light", "met", "met-bg"): 6.4,
    ("dark", "blm", "blm-bg"): 7.3,
    ("light", "blt-bar", "surface"): 3.2,
    ("dark", "nev-bar", "surface"): 4.7,
}

Tokens = dict[str, str]


def blocks(sheet: str) -> list[tuple[str, str]]:
    """Return selectors and declarations of every block that has tokens, without the media around them."""
    css = re.sub(r"/\*.*?\*/", "", SHEETS[sheet].read_text(encoding="utf-8"), flags=re.DOTALL)
    return [
        (selector.rpartition("{")[2].strip(), inner)
        for selector, inner in re.findall(r"([^{}]*(?:\{[^{}]*)?)\{([^{}]*--ts-ink:#[^{}]*)\}", css)
    ]


def tokens(sheet: str, theme: str) -> list[Tokens]:
    """Return the tokens of a theme, once for each way in which the sheet comes to it."""
    found = [
        dict(re.findall(r"--ts-([a-z0-9-]+):\s*([^;]+)", inner))
        for selector, inner in blocks(sheet)
        if ("dark" if "dark" in selector or "scheme:dark" in inner else "light") == theme
    ]
    assert found, (sheet, theme)
    return found


def light_of(colour: str) -> float:
    """Return the relative luminance of a colour such as #fff or #18212e."""
    digits = colour.strip().lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    assert re.fullmatch(r"[0-9a-fA-F]{6}", digits), colour
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    low, high = sorted((light_of(one), light_of(other)))
    return (high + 0.05) / (low + 0.05)


def pairs(sheet: str) -> list[tuple[str, str, float]]:
    own = SITE_ONLY if sheet == "site" else ()
    return [
        *((ink, on, TEXT) for ink, on in (*TEXTS, *LABELS, *own)),
        *((part, on, PART) for part, on in PARTS),
    ]


class TestRatio:
    def test_is_that_of_the_standard(self) -> None:
        assert ratio("#000000", "#ffffff") == pytest.approx(21)
        assert ratio("#777777", "#fff") == pytest.approx(4.48, abs=0.01)

    @pytest.mark.parametrize("pair", DESIGNED, ids=" ".join)
    def test_is_the_one_that_was_designed(self, pair: tuple[str, str, str]) -> None:
        theme, ink, on = pair

        for sheet in SHEETS:
            for found in tokens(sheet, theme):
                assert ratio(found[ink], found[on]) == pytest.approx(DESIGNED[pair], abs=0.06)


class TestColours:
    @pytest.mark.parametrize("theme", ["light", "dark"])
    @pytest.mark.parametrize("sheet", SHEETS)
    def test_can_be_told_from_what_they_stand_on(self, sheet: str, theme: str) -> None:
        faint = [
            f"{ink} on {on}: {ratio(found[ink], found[on]):.2f}"
            for found in tokens(sheet, theme)
            for ink, on, least in pairs(sheet)
            if ratio(found[ink], found[on]) < least
        ]

        assert faint == []

    def test_are_the_same_in_the_report_as_on_the_site(self) -> None:
        for theme in ("light", "dark"):
            [first, *others] = [*tokens("report", theme), *tokens("site", theme)]
            for other in others:
                assert {name: other.get(name, "").strip() for name in first} == first

    @pytest.mark.parametrize("selector", FIXED)
    def test_that_stay_in_both_themes_can_be_read(self, selector: str) -> None:
        css = SHEETS["site"].read_text(encoding="utf-8")
        [rule] = re.findall(re.escape(f"}}{selector}{{") + r"([^}]*)", css.replace("\n", ""))[:1]
        said = dict(re.findall(r"(?:^|;)(background|color):\s*(#[0-9a-f]{3,6})", rule))

        assert ratio(said["color"], said["background"]) >= FIXED[selector]


class TestCharts:
    def test_are_drawn_in_colours_of_the_theme(self) -> None:
        """A chart's colours are the light theme's; on a page each is its token, so that dark follows."""
        [light] = tokens("site", "light")

        for colour, name in drawing.NAMES.items():
            assert light_of(colour) == light_of(light[name]), name
        used = {*charts.FILLS.values(), *charts.SPECIAL_FILLS.values(), charts.INK, charts.INK_2, charts.LINE}
        assert used | {charts.MET, charts.BELOW_MINIMUM} == set(drawing.NAMES)
        assert light_of(peer_chart.OWN) == light_of(light["link"])

    def test_have_marks_that_can_be_told_from_paper(self) -> None:
        faint = {name: colour for name, colour in charts.FILLS.items() if ratio(colour, "#ffffff") < PART}

        assert faint == {}

"""Where a party stands among others who are not named: their middle a soft bar, its own share a diamond.

The bar is all that may be known of the others; nothing here could show one of them. As with the other charts,
every place is reckoned here and colours are those of the light theme.
"""

from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from tallystick.findings.rounding import rounded
from tallystick.month import drawing, wording
from tallystick.month.blocks import Chart
from tallystick.month.charts import FILLS, INK, INK_2, LINE, MET, Spec
from tallystick.month.scales import Size, ticks

OWN = "#1a56a4"
OWN_NAME = "var(--ts-link)"
WIDE = Size(560, 116, 24, 24, 26, 30)
NARROW = Size(330, 116, 24, 24, 26, 30)
SOFT, DIAMOND = 0.45, 260
LABEL_BELOW = 24
HALF_LABEL = 44


@dataclass(frozen=True, slots=True)
class Standing:
    """Shares in percent: the middle of `at_least` so many others, the own one, and what is expected."""

    low: Fraction
    high: Fraction
    at_least: int
    own: Fraction | None
    expected: Fraction | None


def peers(standing: Standing, size: Size) -> Spec:
    """Return the strip: the middle of the others, the own share and the expected one on one axis."""
    at = _Places(standing, size)
    soft = {"type": "rect", "fill": FILLS["no_events"], "fillOpacity": SOFT, "cornerRadius": 9}
    middle = {"x": float(standing.low), "x2": float(standing.high), "y": at.line - 9, "y2": at.line + 9}
    layers: list[Spec] = [
        {
            "data": {"values": [middle]},
            "mark": soft,
            "encoding": {"x": at.across, "x2": {"field": "x2"}, "y": at.down, "y2": {"field": "y2"}},
        }
    ]
    if standing.expected is not None:
        layers += at.expected(standing.expected)
    if standing.own is not None:
        layers += at.own(standing.own)
    return {**_canvas(size), "layer": layers}


def chart(standing: Standing, key: str, measure: str, whom: str) -> Chart:
    """Return the strip for a wide and a narrow column, and its table; `key` must be unique in the page.

    `whom` says whom the others are, such as Large Suppliers.
    """
    title = f"You among {whom}"
    own = "" if standing.own is None else f"You are at {_share(standing.own)}. "
    expected = "" if standing.expected is None else f" Expected is {_share(standing.expected)}."
    told = f"{measure}. {own}The middle of {standing.at_least} or more others is {span(standing)}.{expected}"
    rows = [
        ("You", "" if standing.own is None else _share(standing.own)),
        (f"Middle of {standing.at_least} or more others", span(standing)),
        ("Expected", "" if standing.expected is None else _share(standing.expected)),
    ]
    return Chart(
        title,
        _drawn(standing, WIDE, key, title, told),
        _drawn(standing, NARROW, f"{key}-n", title, told),
        Markup("{}. Others are not named.").format(measure),
        ("Whose", "Share"),
        tuple(row for row in rows if row[1]),
    )


def span(standing: Standing) -> str:
    """Return the middle of the others as it stands in a table: 97.5% to 99.5%."""
    return f"{_share(standing.low)} to {_share(standing.high)}"


def _share(share: Fraction) -> str:
    return wording.level(rounded(share, 1))


def _drawn(standing: Standing, size: Size, key: str, title: str, told: str) -> Markup:
    drawn = drawing.draw(peers(standing, size), key, title, told)
    return Markup(str(drawn).replace(OWN, OWN_NAME))  # noqa: S704 - a drawing of our own


class _Places:
    """The axis of one strip, and the marks that stand on it."""

    def __init__(self, standing: Standing, size: Size) -> None:
        levels = (standing.low, standing.high, standing.own, standing.expected)
        self._axis = ticks([float(one) for one in levels if one is not None], 100)
        self._width, self._height = size.inner_width, size.inner_height
        self.line = self._height / 2
        every = max(1, -(-len(self._axis) * HALF_LABEL // self._width))
        self.across: Spec = {
            "field": "x",
            "type": "quantitative",
            "scale": {"domain": [self._axis[0], self._axis[-1]], "nice": False, "zero": False},
            "axis": {"values": self._axis[::-1][::every], "grid": True, "labelExpr": "datum.label + '%'"},
        }
        ends = [0, self._height]
        self.down: Spec = {
            "field": "y",
            "type": "quantitative",
            "scale": {"domain": ends, "range": ends, "nice": False, "zero": False},
            "axis": None,
        }

    def expected(self, share: Fraction) -> list[Spec]:
        """Return a line, its label above; it ends where the own label may begin."""
        row = {"x": float(share), "y": 0, "y2": self.line + LABEL_BELOW / 2}
        rule = {"type": "rule", "stroke": FILLS["met"], "strokeWidth": 1.5}
        encoding = {"x": self.across, "y": self.down, "y2": {"field": "y2"}}
        label = self._label(share, f"Expected {_share(share)}", -12, MET)
        return [{"data": {"values": [row]}, "mark": rule, "encoding": encoding}, label]

    def own(self, share: Fraction) -> list[Spec]:
        """Return a diamond, its label below."""
        row = {"x": float(share), "y": self.line}
        mark = {
            "type": "point",
            "shape": "diamond",
            "filled": True,
            "fill": OWN,
            "size": DIAMOND,
            "opacity": 1,
        }
        point = {"data": {"values": [row]}, "mark": mark, "encoding": {"x": self.across, "y": self.down}}
        return [point, self._label(share, f"You {_share(share)}", self.line + LABEL_BELOW, INK)]

    def _label(self, share: Fraction, text: str, y: float, ink: str) -> Spec:
        """Return a text centred on the share, or as near to it as the drawing is wide."""
        low, high = self._axis[0], self._axis[-1]
        x = (float(share) - low) / (high - low) * self._width
        x = round(min(max(x, HALF_LABEL - 20), self._width - HALF_LABEL + 20), 1)
        return {
            "data": {"values": [{"text": text}]},
            "mark": {"type": "text", "fill": ink, "fontWeight": 700, "align": "center", "baseline": "middle"},
            "encoding": {"text": {"field": "text"}, "x": {"value": x}, "y": {"value": y}},
        }


def _canvas(size: Size) -> Spec:
    label = {"labelFont": "Inter, sans-serif", "labelFontSize": 12, "labelColor": INK_2, "labelPadding": 9}
    quiet = {"ticks": False, "title": None, "domainColor": FILLS["no_events"], "gridColor": LINE}
    kept = {"labelOverlap": False, "labelFlush": False, "labelLimit": 0, "labelBound": False}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": size.inner_width,
        "height": size.inner_height,
        "padding": {"left": size.left, "right": size.right, "top": size.top, "bottom": size.bottom},
        "autosize": {"type": "none"},
        "background": None,
        "config": {
            "view": {"stroke": None},
            "text": {"font": "Inter, sans-serif", "fontSize": 12},
            "axis": {**label, **quiet, **kept},
        },
    }

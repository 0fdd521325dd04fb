"""The charts of a month, each defined once in Vega-Lite: a page, a paper and a slide draw the same one.

Every place on a chart is reckoned here, so that no font on the machine moves anything. Levels and labels
carry their own one-row data: a layer that inherited the series would be drawn once for every month. The
numbers are floats because pixels are; what is written beside a mark is text from the exact figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tallystick.findings.spc import Spc
from tallystick.month import wording
from tallystick.month.assessment import Point
from tallystick.month.scales import Size, declutter, every, place, ticks
from tallystick.month.series import filled, value
from tallystick.rulebook.periods import Span

Spec = dict[str, Any]

INK, INK_2, LINE = "#18212e", "#4b5768", "#dce2ea"
MET, BELOW_MINIMUM = "#0b5e66", "#9b1230"
FILLS = {
    "met": "#12818c",
    "below_target": "#c97f00",
    "below_minimum": "#c81e3f",
    "not_reported": "#7c68c8",
    "no_events": "#8592a3",
    "no_level": "#8592a3",
    "withheld": "#8592a3",
}
SHAPES = {
    "met": "circle",
    "below_target": "triangle-down",
    "below_minimum": "square",
    "not_reported": "diamond",
    "no_events": "circle",
    "no_level": "circle",
    "withheld": "cross",
}
SPECIAL_FILLS = {"": FILLS["no_events"], "improving": FILLS["met"], "worsening": FILLS["below_minimum"]}
SPECIAL_SHAPES = {"": "circle", "improving": "diamond", "worsening": "square"}
SOLID, DASHED, DOTTED = [1, 0], [6, 4], [3, 3]
BAND, LIMITS = 0.1, 0.14
SMALL, LARGE = 44, 110
BAR_PITCH, BAR_TOP, BAR_HEIGHT, BAR_VALUE = 42, 21, 13, 62
CHARACTER = 7.4


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a whole: its key, what it is, how many, and whether it is the one to look at."""

    key: str
    title: str
    number: int
    hot: bool = False


@dataclass(frozen=True, slots=True)
class Axes:
    """The marked places of the upright axis, what follows each number, and whether lines run across."""

    up: Sequence[float]
    unit: str
    lines: bool


def trend(points: Sequence[Point], size: Size) -> Spec:
    """Return the figure over its periods against bands, target and minimum; a mark's shape is its state."""
    drawn = filled(points)
    rows = [_row(point) for point in drawn]
    levels = [float(level) for point in drawn for level in (point.target, point.minimum) if level is not None]
    percent = bool(levels) or any(point.denominator or point.share for point in drawn)
    known = [row["value"] for row in rows if row["value"] is not None]
    axes = Axes(ticks([*known, *levels], 100 if percent else None), "%" if percent else "", lines=True)
    last = drawn[-1]
    shown = wording.figure_shown(last)
    labels = [
        (rows[-1]["value"], shown, INK),
        (_number(last.target), f"Target {wording.level(last.target)}", MET),
        (_number(last.minimum), f"Minimum {wording.level(last.minimum)}", BELOW_MINIMUM),
    ]
    layers = [
        *_bands(last, axes.up),
        _levels([(row["month"], row["target"]) for row in rows], FILLS["met"], SOLID),
        _levels([(row["month"], row["minimum"]) for row in rows], FILLS["below_minimum"], DASHED),
        _line(1.5),
        _points("state", SHAPES, FILLS),
        _gaps(axes.up[0]),
        *_end_labels(labels, axes, size),
    ]
    return _framed(size, rows, layers, axes)


def xmr(spc: Spc, target: Decimal | None, size: Size) -> Spec:
    """Return the XmR chart: the shares, their mean and natural limits, the special causes, the target."""
    rows: list[Spec] = [
        {"month": _month(one.period), "value": round(one.share * 100, 4), "special": one.special}
        for one in spc.points
    ]
    lines = [
        (round(share * 100, 4), name, dash)
        for share, name, dash in (
            (spc.upper, "Upper", DOTTED),
            (spc.mean, "Mean", SOLID),
            (spc.lower, "Lower", DOTTED),
        )
        if share is not None
    ]
    numbers = [row["value"] for row in rows] + [number for number, _, _ in lines]
    wanted = _number(target)
    axes = Axes(ticks([*numbers, *([] if wanted is None else [wanted])], 100), "%", lines=False)
    labels = [(number, f"{name} {number:.2f}", INK_2) for number, name, _ in lines]
    layers = [_between(lines[-1][0], lines[0][0])] if lines else []
    layers += [_rule(number, INK_2, dash) for number, _, dash in lines]
    if wanted is not None:
        layers.append(_rule(wanted, FILLS["met"], SOLID))
        labels.append((wanted, f"Target {wording.level(target)}", MET))
    points = _points("special", SPECIAL_SHAPES, SPECIAL_FILLS)
    return _framed(size, rows, [*layers, _line(1.25), points, *_end_labels(labels, axes, size)], axes)


def parts(bars: Sequence[Bar], size: Size) -> Spec:
    """Return the bars of what a whole is made of, in the order given, each named above itself."""
    most = max((bar.number for bar in bars), default=0) or 1
    rows = [_bar(index, bar, most, size.inner_width) for index, bar in enumerate(bars)]
    height = BAR_PITCH * len(rows)
    grown = Size(size.width, height + size.top + size.bottom, size.left, size.right, size.top, size.bottom)
    across = _plain(grown.inner_width)
    down = _plain(height, downwards=True)
    bar = {
        "x": {"field": "start", **across},
        "x2": {"field": "end"},
        "y": {"field": "top", **down},
        "y2": {"field": "bottom"},
        "fill": {"field": "fill", "type": "nominal", "scale": None},
    }
    layers: list[Spec] = [{"mark": {"type": "rect"}, "encoding": bar}]
    for text, x, y, ink, weight in (
        ("key", "start", "name", INK, 600),
        ("title", "after", "name", INK_2, 400),
        ("written", "beside", "middle", INK, 600),
    ):
        placed = {"x": {"field": x, **across}, "y": {"field": y, **down}, "text": {"field": text}}
        layers.append({"mark": _text(ink, weight), "encoding": placed})
    return {**_canvas(grown), "data": {"values": rows}, "layer": layers}


def _bar(index: int, bar: Bar, most: int, width: int) -> Spec:
    end = round(max(2.0, (width - BAR_VALUE) * bar.number / most), 1)
    top, after = index * BAR_PITCH + BAR_TOP, round(len(bar.key) * CHARACTER + 12, 1)
    fits = int((width - after) / CHARACTER * 1.2)
    return {
        "key": bar.key,
        "title": bar.title if len(bar.title) <= fits else bar.title[: max(0, fits - 1)].rstrip(" ,") + "…",
        "written": wording.compact(bar.number),
        "fill": FILLS["below_minimum"] if bar.hot else FILLS["no_events"],
        "start": 0,
        "end": end,
        "beside": end + 7,
        "after": after,
        "top": top,
        "bottom": top + BAR_HEIGHT,
        "middle": top + BAR_HEIGHT / 2,
        "name": top - 10,
    }


def _number(level: Decimal | None) -> float | None:
    return None if level is None else float(level)


def _month(period: str) -> str:
    return f"{Span.parse(period).first:%Y-%m-%d}"


def _row(point: Point) -> Spec:
    drawn = value(point)
    return {
        "month": _month(point.period),
        "value": drawn,
        "state": point.state,
        "target": _number(point.target),
        "minimum": _number(point.minimum),
        "gap": drawn is None,
    }


def _canvas(size: Size) -> Spec:
    text = {"font": "Inter, sans-serif", "fontSize": 12}
    label = {"labelFont": text["font"], "labelFontSize": 12, "labelColor": INK_2, "labelPadding": 9}
    quiet = {"ticks": False, "title": None, "domainColor": FILLS["no_events"], "gridColor": LINE}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": size.inner_width,
        "height": size.inner_height,
        "padding": {"left": size.left, "right": size.right, "top": size.top, "bottom": size.bottom},
        "autosize": {"type": "none"},
        "background": None,
        "config": {
            "view": {"stroke": None},
            "text": text,
            "axis": {
                **label,
                **quiet,
                "labelOverlap": False,
                "labelFlush": False,
                "labelLimit": 0,
                "labelBound": False,
            },
        },
    }


def _framed(size: Size, rows: list[Spec], layers: list[Spec], axes: Axes) -> Spec:
    """Return the spec with a month axis below and the marked places at the left."""
    months = [row["month"] for row in rows]
    apart = every(len(months), size.inner_width)
    marked = months[::-1][::apart]
    x = {
        "field": "month",
        "type": "temporal",
        "scale": {"type": "utc", "nice": False},
        "axis": {"values": [_instant(month) for month in marked], "format": "%b %Y", "grid": False},
    }
    y = {
        "type": "quantitative",
        "scale": {"domain": [axes.up[0], axes.up[-1]], "nice": False, "zero": False},
        "axis": {
            "values": list(axes.up),
            "grid": axes.lines,
            "domain": False,
            "format": ",.0f" if float(axes.up[1]).is_integer() and float(axes.up[0]).is_integer() else ".1f",
            "labelExpr": f"datum.label + '{axes.unit}'",
        },
    }
    for layer in layers:
        encoding = layer["encoding"]
        if "y" in encoding and "field" in encoding["y"]:
            encoding["y"] = {**y, **encoding["y"]}
        if encoding.get("x") == "month":
            encoding["x"] = x
    return {**_canvas(size), "data": {"values": rows}, "layer": layers}


def _instant(month: str) -> dict[str, Any]:
    """Return the place of a mark as parts: a date given as a string would land elsewhere."""
    year, number, day = (int(part) for part in month.split("-"))
    return {"year": year, "month": number, "date": day, "utc": True}


def _plain(length: int, *, downwards: bool = False) -> Spec:
    """Return a scale whose numbers are pixels from the left, or from the top."""
    ends = [0, max(length, 1)]
    scale = {"domain": ends, "range": ends, "nice": False, "zero": False, "reverse": False}
    return {"type": "quantitative", "axis": None, "scale": scale} if downwards or length else {}


def _bands(last: Point, axis: Sequence[float]) -> list[Spec]:
    """Return the tinted bands of the levels in force at the end, the met one on the target's side."""
    target, minimum = _number(last.target), _number(last.minimum)
    if target is None:
        return []
    low, high = axis[0], axis[-1]
    best, worst = (low, high) if minimum is not None and target < minimum else (high, low)
    edge = worst if minimum is None else minimum
    bands = [("met", best, target), ("below_target", target, edge), ("below_minimum", edge, worst)]
    return [_tint(one, other, FILLS[state], BAND) for state, one, other in bands if one != other]


def _between(lower: float, upper: float) -> Spec:
    return _tint(lower, upper, FILLS["no_events"], LIMITS)


def _tint(one: float, other: float, fill: str, opacity: float) -> Spec:
    return {
        "data": {"values": [{"from": one, "to": other}]},
        "mark": {"type": "rect", "fill": fill, "fillOpacity": opacity, "clip": True},
        "encoding": {"y": {"field": "from"}, "y2": {"field": "to"}},
    }


def _rule(number: float, stroke: str, dash: list[int]) -> Spec:
    return {
        "data": {"values": [{"level": number}]},
        "mark": {
            "type": "rule",
            "stroke": stroke,
            "strokeWidth": 1.5,
            "clip": True,
            **({} if dash == SOLID else {"strokeDash": dash}),
        },
        "encoding": {"y": {"field": "level"}},
    }


def _levels(levels: Sequence[tuple[str, float | None]], stroke: str, dash: list[int]) -> Spec:
    """Return the level as a line from its first month to the last, with a step where its value changed."""
    turns = [
        {"month": month, "level": level}
        for at, (month, level) in enumerate(levels)
        if at in {0, len(levels) - 1} or level != levels[at - 1][1]
    ]
    mark = {"type": "line", "stroke": stroke, "strokeWidth": 1.5, "interpolate": "step-after"}
    if dash != SOLID:
        mark["strokeDash"] = dash
    return {
        "data": {"values": turns},
        "mark": mark,
        "encoding": {"x": "month", "y": {"field": "level"}},
    }


def _line(width: float) -> Spec:
    mark = {"type": "line", "stroke": INK_2, "strokeWidth": width, "strokeJoin": "round"}
    return {"mark": mark, "encoding": {"x": "month", "y": {"field": "value"}}}


def _points(name: str, shapes: dict[str, str], fills: dict[str, str]) -> Spec:
    """Return the marks, the last one larger; a shape and a colour for each value of the field."""
    shape = {"domain": list(shapes), "range": list(shapes.values())}
    fill = {"domain": list(fills), "range": list(fills.values())}
    return {
        "transform": [
            {"filter": "isValid(datum.value)"},
            {"window": [{"op": "last_value", "field": "month", "as": "last"}], "frame": [None, None]},
        ],
        "mark": {"type": "point", "filled": True, "opacity": 1},
        "encoding": {
            "x": "month",
            "y": {"field": "value"},
            "shape": {"field": name, "type": "nominal", "scale": shape, "legend": None},
            "fill": {"field": name, "type": "nominal", "scale": fill, "legend": None},
            "size": {"condition": {"test": "datum.month === datum.last", "value": LARGE}, "value": SMALL},
        },
    }


def _gaps(low: float) -> Spec:
    """Return an open mark at the foot of each period without a figure."""
    return {
        "transform": [{"filter": "datum.gap"}, {"calculate": str(low), "as": "foot"}],
        "mark": {
            "type": "point",
            "filled": False,
            "strokeWidth": 1.5,
            "size": SMALL,
            "opacity": 1,
            "yOffset": -7,
        },
        "encoding": {
            "x": "month",
            "y": {"field": "foot"},
            "shape": {
                "field": "state",
                "type": "nominal",
                "scale": {"domain": list(SHAPES), "range": list(SHAPES.values())},
                "legend": None,
            },
            "stroke": {
                "field": "state",
                "type": "nominal",
                "scale": {"domain": list(FILLS), "range": list(FILLS.values())},
                "legend": None,
            },
        },
    }


def _end_labels(labels: Sequence[tuple[float | None, str, str]], axes: Axes, size: Size) -> list[Spec]:
    """Return a text at the right end for each number, moved apart where they would touch."""
    known = [(number, text, ink) for number, text, ink in labels if number is not None]
    height = size.inner_height
    places = declutter([place(number, axes.up, height) for number, _, _ in known], height)
    return [
        {
            "data": {"values": [{"text": text}]},
            "mark": _text(ink, 700 if ink == INK else 600),
            "encoding": {
                "text": {"field": "text"},
                "x": {"value": size.inner_width + (12 if ink in {INK, INK_2} else 8)},
                "y": {"value": top},
            },
        }
        for (_, text, ink), top in zip(known, places, strict=True)
    ]


def _text(ink: str, weight: int) -> Spec:
    return {"type": "text", "fill": ink, "fontWeight": weight, "align": "left", "baseline": "middle"}

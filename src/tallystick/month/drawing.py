"""Drawings that stand inside a page: charts turned into SVG whose colours follow the page's theme."""

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from tallystick.month import charts, series, wording
from tallystick.month.assessment import Point

SVG = "http://www.w3.org/2000/svg"
VEGA_LITE = "6.4"
MOST_KEPT = 512
# The definitions carry the colours of the light theme; a page gives each its name, and dark is its affair.
NAMES = {
    charts.INK: "ink",
    charts.INK_2: "ink-2",
    charts.LINE: "line",
    charts.MET: "met",
    charts.BELOW_MINIMUM: "blm",
    charts.FILLS["met"]: "met-bar",
    charts.FILLS["below_target"]: "blt-bar",
    charts.FILLS["below_minimum"]: "blm-bar",
    charts.FILLS["not_reported"]: "nrp-bar",
    charts.FILLS["no_events"]: "nev-bar",
}
KEPT = frozenset(
    {"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height"}
    | {"fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin"}
    | {"text-anchor", "font-weight"}
)
LONG_NUMBER = re.compile(r"-?\d+\.\d\d+")
USELESS = {("fill", "none"), ("stroke-width", "1"), ("transform", "translate(0,0)"), ("font-weight", "400")}
SPARK_PERIODS, SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 13, 112, 26, 4


def draw(spec: charts.Spec, key: str, title: str, description: str) -> Markup:
    """Return the chart as SVG, named and described for those who do not see it.

    `key` must be unique in the page. The drawing needs nothing but the page's own colours and font.
    """
    inner, width, height = _drawn(json.dumps(spec, sort_keys=True))
    return Markup(
        '<svg viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-labelledby="{}-t {}-d">'
        '<title id="{}-t">{}</title><desc id="{}-d">{}</desc>{}</svg>'
    ).format(
        *(width, height, width, height, key, key, key, title, key, description),
        Markup(inner),  # noqa: S704 - written below, element by element
    )


@lru_cache(maxsize=MOST_KEPT)
def _drawn(spec: str) -> tuple[str, str, str]:
    """Return what is inside the drawing, its width and its height; the same chart is drawn once."""
    import vl_convert  # noqa: PLC0415 - half a second and 80 MB that only a drawing needs

    drawn = ET.fromstring(vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE))  # noqa: S314 - our own text
    inner = "".join(_written(child, inherited="none") for child in drawn)
    return inner, drawn.get("width", "0"), drawn.get("height", "0")


def _written(element: ET.Element, inherited: str) -> str:
    """Return the element without what a page does not need; an invisible one is left out."""
    tag = element.tag.removeprefix(f"{{{SVG}}}")
    if element.get("display") == "none" or _is_invisible(element, tag, inherited):
        return ""
    fill = element.get("fill", inherited)
    inner = "".join(_written(child, fill) for child in element)
    text = escape(element.text or "") if tag == "text" else ""
    if tag == "g" and not inner:
        return ""
    unstroked = element.get("stroke") is None
    kept = "".join(
        f' {name}="{escape(_themed(value))}"'
        for name, value in element.attrib.items()
        if name in KEPT
        and not (unstroked and name.startswith("stroke"))
        and ((name, value) not in USELESS or (name == "fill" and tag == "g"))
    )
    if tag == "g" and not kept:
        return inner
    return f"<{tag}{kept}>{text}{inner}</{tag}>" if inner or text else f"<{tag}{kept}/>"


def _is_invisible(element: ET.Element, tag: str, inherited: str) -> bool:
    painted = element.get("fill", inherited) != "none" or element.get("stroke")
    return tag in {"path", "line", "rect"} and not (painted and element.get("opacity") != "0")


def _themed(value: str) -> str:
    """Return the colour by its name, or the text with its numbers at a tenth of a pixel."""
    if value in NAMES:
        return f"var(--ts-{NAMES[value]})"
    return LONG_NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), value)


def spark(points: Sequence[Point]) -> Markup:
    """Return a small line of the last thirteen periods with its levels and its last state.

    It is hidden from screen readers: figure, change and run stand beside it in words.
    """
    drawn = series.filled(points, SPARK_PERIODS)
    known = [
        (index, value) for index, point in enumerate(drawn) if (value := series.value(point)) is not None
    ]
    if len(known) < 2:  # noqa: PLR2004 - one point is no line
        return Markup("")
    last = drawn[-1]
    levels = [float(level) for level in (last.target, last.minimum) if level is not None]
    low, high = min([v for _, v in known] + levels), max([v for _, v in known] + levels)

    def y(value: float) -> str:
        part = (high - value) / (high - low) if high > low else 0.5
        return f"{SPARK_EDGE + part * (SPARK_HEIGHT - 2 * SPARK_EDGE):.1f}"

    def x(index: int) -> str:
        return f"{SPARK_EDGE + index * (SPARK_WIDTH - 2 * SPARK_EDGE) / max(1, len(drawn) - 1):.1f}"

    path = "".join(
        f"{'L' if at and known[at - 1][0] == index - 1 else 'M'}{x(index)} {y(value)}"
        for at, (index, value) in enumerate(known)
    )
    lines = "".join(
        f'<path class="{name}" d="M0 {y(float(level))}H{SPARK_WIDTH}"/>'
        for name, level in (("t", last.target), ("m", last.minimum))
        if level is not None
    )
    index, value = known[-1]
    dot = f'<circle class="{wording.CLASSES[last.state]}" cx="{x(index)}" cy="{y(value)}" r="3"/>'
    if index < len(drawn) - 1:
        dot = ""
    return Markup(  # noqa: S704 - numbers and names of our own
        f'<svg class="spark" width="{SPARK_WIDTH}" height="{SPARK_HEIGHT}" '
        f'viewBox="0 0 {SPARK_WIDTH} {SPARK_HEIGHT}" aria-hidden="true">{lines}<path d="{path}"/>{dot}</svg>'
    )

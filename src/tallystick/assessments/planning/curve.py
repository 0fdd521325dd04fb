"""What more money buys, drawn: the share of the exposure that the best plan covers at each budget.

As with the charts of a month, every place is reckoned here, and colours are those of the light theme.
"""

from markupsafe import Markup

from tallystick.assessments.planning.drawn import Drawn
from tallystick.assessments.planning.money import THOUSAND, thousands
from tallystick.month import drawing
from tallystick.month.blocks import Chart
from tallystick.month.charts import FILLS, INK, INK_2, LINE, Spec
from tallystick.month.scales import Size

OWN, OWN_NAME = "#1a56a4", "var(--ts-link)"
MARK = FILLS["below_target"]
WIDE = Size(560, 230, 46, 22, 26, 44)
NARROW = Size(330, 220, 46, 18, 26, 44)
TICKS = (0, 25, 50, 75, 100)
SOFT = 0.12


def chart(plan: Drawn) -> Chart:
    """Return the curve with the budget on it, its table, and where more money begins to buy little."""
    title = "What more money buys"
    told = f"{thousands(plan.budget)} covers {percent(plan.covered)}. {knee_of(plan)}"
    rows = [
        (thousands(budget), "nothing fits" if covered is None else percent(covered))
        for budget, covered in plan.curve
    ]
    return Chart(
        title,
        _drawn(plan, WIDE, "curve", title, told),
        _drawn(plan, NARROW, "curve-n", title, told),
        Markup("The best plan at each budget. <strong>{}</strong>").format(knee_of(plan)),
        ("Budget", "Exposure covered"),
        tuple(rows),
    )


def knee_of(plan: Drawn) -> str:
    """Return in words from which budget on more money buys little."""
    if plan.knee is None:
        return "Every further £10k adds 5% or more."
    return f"After about {thousands(plan.knee)} each further £10k adds under 5%."


def percent(share: float) -> str:
    return f"{share * 100:.0f}%"


def spec(plan: Drawn, size: Size) -> Spec:
    """Return the curve: a step at each budget, soft below, with the budget as a line across."""
    points = [{"x": budget / THOUSAND, "y": (covered or 0.0) * 100} for budget, covered in plan.curve]
    most = points[-1]["x"]
    across = {
        "field": "x",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, most], "nice": False},
        "axis": {"values": _marks(most), "grid": False, "format": "d"},
    }
    up = {
        "field": "y",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 100], "nice": False},
        "axis": {"values": list(TICKS), "grid": True, "domain": False, "labelExpr": "datum.label + '%'"},
    }
    line = {"type": "line", "interpolate": "step-after", "stroke": OWN, "strokeWidth": 2}
    area = {"type": "area", "interpolate": "step-after", "fill": OWN, "fillOpacity": SOFT}
    layers = [
        {"data": {"values": points}, "mark": area, "encoding": {"x": across, "y": up}},
        {"data": {"values": points}, "mark": line, "encoding": {"x": across, "y": up}},
        *_budget(plan, most, size),
        _under(size),
    ]
    return {**_canvas(size), "layer": layers}


def _budget(plan: Drawn, most: float, size: Size) -> list[Spec]:
    at = plan.budget / THOUSAND
    plain = {"type": "quantitative", "scale": {"domain": [0, most], "nice": False}, "field": "x"}
    data = {"values": [{"x": at}]}
    edge = 34
    where = at / most * size.inner_width if most else 0
    align = "left" if where < edge else "right" if where > size.inner_width - edge else "center"
    text = {
        "type": "text",
        "text": thousands(plan.budget),
        "y": -10,
        "align": align,
        "fontWeight": 650,
        "color": INK,
    }
    rule = {"type": "rule", "stroke": MARK, "strokeWidth": 2}
    return [
        {"data": data, "mark": rule, "encoding": {"x": plain}},
        {"data": data, "mark": text, "encoding": {"x": plain}},
    ]


def _under(size: Size) -> Spec:
    """Return what the axis across counts, written below it."""
    words = {"type": "text", "text": "Budget of the year, £ thousand", "color": INK_2}
    mark = {**words, "x": size.inner_width / 2, "y": size.inner_height + 36}
    return {"data": {"values": [{}]}, "mark": mark}


def _marks(most: float) -> list[float]:
    step = 20.0 if most <= 160 else most / 8  # noqa: PLR2004 - pounds in thousands, as far as steps of 20 fit
    return [one * step for one in range(int(most / step) + 1)]


def _canvas(size: Size) -> Spec:
    label = {"labelFont": "Inter, sans-serif", "labelFontSize": 12, "labelColor": INK_2, "labelPadding": 9}
    quiet = {"ticks": False, "domainColor": FILLS["no_events"], "gridColor": LINE, "labelFlush": False}
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
            "axis": {**label, **quiet, "labelOverlap": False, "labelLimit": 0, "labelBound": False},
        },
    }


def _drawn(plan: Drawn, size: Size, key: str, title: str, told: str) -> Markup:
    drawn = drawing.draw(spec(plan, size), key, title, told)
    return Markup(str(drawn).replace(OWN, OWN_NAME))  # noqa: S704 - a drawing of our own

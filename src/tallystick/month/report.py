"""The month as one HTML file: it opens without a network, follows the reader's theme, and prints.

The page's policy allows the one style and the one script it carries, by their hashes, and nothing else:
no request leaves it, and nothing that came as data can run.
"""

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from tallystick.month import blocks, listing, wording
from tallystick.month.assessment import Assessment
from tallystick.month.outline import Outline
from tallystick.month.sections import sections

STYLES = ("figures.css", "report.css")
FONT = "inter-latin-wght-normal.woff2"


def html(assessment: Assessment) -> str:
    """Return the report of the month. Equal assessments give equal text."""
    outline = Outline(assessment)
    style, script = _style(), _script()
    worst = outline.worst
    return (
        _environment()
        .get_template("report.html")
        .render(
            a=assessment,
            style=style,
            script=script,
            policy=_policy(style, script),
            title=f"Performance, {wording.period(assessment.period)}",
            month=wording.short_period(assessment.period),
            before=wording.before(assessment.period),
            sentence=blocks.sentence(outline),
            head_report=blocks.head_report(outline),
            counts=blocks.counts(outline),
            tables=listing.tables(outline),
            outside=[listing.row(outline, figure) for figure in outline.outside],
            graded=len(outline.graded),
            unchecked=blocks.unchecked(outline.wholes),
            wholes=len(outline.wholes),
            trend=blocks.trend(outline, worst) if worst else None,
            late=blocks.late_parts(outline, worst) if worst else None,
            parties=blocks.parties(outline),
            duties=blocks.findings(outline),
            notes=blocks.notes(outline),
            sections=sections(outline),
            outline=outline,
        )
    )


def _policy(style: Markup, script: Markup) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _style() -> Markup:
    assets = files("tallystick.month") / "assets"
    font = base64.b64encode((assets / FONT).read_bytes()).decode()
    text = "".join((assets / name).read_text(encoding="utf-8") for name in STYLES)
    return Markup(text.replace(FONT, f"data:font/woff2;base64,{font}"))  # noqa: S704 - our own file


@cache
def _script() -> Markup:
    return Markup(_environment().get_template("_theme.html").render())  # noqa: S704 - our own file


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tallystick.month", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(sprite="", w=wording, classes=wording.CLASSES, chip=blocks.chip)
    return environment

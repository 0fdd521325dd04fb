"""What many cases tell together, as lists of the cases behind each number, and as lines of a file."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tallystick.cases.analysed import Analysis
from tallystick.cases.analysis import BANDS, Sanctioned, sanctioned_in_all
from tallystick.month import workbook
from tallystick.month.export import safe_cell

COLUMNS = ("part", "of", "what", "numerator", "denominator", "value", "unit", "cases")
ABOUT = {"reporting": "Reporting", "harm": "Harm", "other": "Neither", "": "No cause named"}


@dataclass(frozen=True)
class Behind:
    """The cases behind one number: what they are, and which."""

    title: str
    references: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One number of the analysis with both of its sides, as files have it; `value` is in `unit`."""

    part: str
    of: str
    what: str
    numerator: int | None
    denominator: int | None
    value: str
    unit: str
    cases: tuple[str, ...] = ()

    def cells(self) -> list[str]:
        told = (self.part, self.of, self.what, self.numerator, self.denominator, self.value, self.unit)
        return [safe_cell("" if one is None else str(one)) for one in (*told, " ".join(self.cases))]


def behind(told: Analysis) -> dict[str, Behind]:
    """Return the cases behind each number of the page, by the key that its link names."""
    found: dict[str, Behind] = {}
    for aged in told.aged:
        title = told.stages[aged.stage]
        found[f"open.{aged.stage}"] = Behind(f"Open cases at “{title}”", aged.cases)
        for (key, words, *_), references in zip(BANDS, aged.bands, strict=True):
            found[f"open.{aged.stage}.{key}"] = Behind(f"Open cases at “{title}”: {words}", references)
    for place, (key, words, *_) in enumerate(BANDS):
        references = tuple(one for aged in told.aged for one in aged.bands[place])
        found[f"open.all.{key}"] = Behind(f"Open cases: {words}", references)
    found["open"] = Behind("Open cases", tuple(one for aged in told.aged for one in aged.cases))
    for taken in told.taken:
        title = told.stages[taken.stage]
        found[f"left.{taken.stage}"] = Behind(f"Cases that left “{title}”", taken.left)
        found[f"still.{taken.stage}"] = Behind(f"Cases that are still at “{title}”", taken.still)
    for one in told.repeated:
        where = f" of area {one.area.upper()}" if one.area else ""
        found[f"closed.{one.area}"] = Behind(f"Closed cases{where}", one.counted.denominator)
        found[f"repeated.{one.area}"] = Behind(f"Closed cases{where} that came back", one.counted.numerator)
        found[f"again.{one.area}"] = Behind(f"Cases that repeat a closed one{where}", one.again)
    return found | dict(_behind_sanctions(told))


def _behind_sanctions(told: Analysis) -> Iterable[tuple[str, Behind]]:
    for one in told.sanctioned:
        title = cause_named(told, one.cause)
        yield f"sanctioned.{one.cause}", Behind(f"Sanctioned cases: {title}", one.references)
        yield f"cause.{one.cause}", Behind(f"Cases: {title}", one.cases)
    every = tuple(reference for one in told.sanctioned for reference in one.references)
    yield "sanctioned", Behind("Sanctioned cases", every)
    yield (
        "effects",
        Behind("Closed cases whose remedy names a measure", tuple(one.reference for one in told.effects)),
    )


def cause_named(told: Analysis, cause: str) -> str:
    """Return what a kind of cause is called; one that no list names any more, by its key."""
    if not cause:
        return ABOUT[""]
    return told.causes[cause].title if cause in told.causes else cause


def grouped(told: Analysis) -> list[tuple[str, int, list[tuple[Sanctioned, str]]]]:
    """Return the sanctions by what their causes are about, how many each group has, and its causes by title.

    Cases without a cause make a group where there are any.
    """
    rows: dict[str, list[tuple[Sanctioned, str]]] = {key: [] for key in ABOUT}
    for one in told.sanctioned:
        about = told.causes[one.cause].about if one.cause in told.causes else ""
        rows[about].append((one, cause_named(told, one.cause)))
    return [
        (ABOUT[key], sum(len(one.sanctions) for one, _ in group), group)
        for key, group in rows.items()
        if group
    ]


def lines(told: Analysis) -> list[Line]:
    """Return every number of the page."""
    return [*_of_age(told), *_of_stages(told), *_of_repeats(told), *_of_sanctions(told), *_of_effects(told)]


def _of_age(told: Analysis) -> Iterable[Line]:
    total = sum(len(one.cases) for one in told.aged)
    for one in told.aged:
        title = told.stages[one.stage]
        for (_, words, *_), found in zip(BANDS, one.bands, strict=True):
            yield _share("open cases", title, words, found, total)
        yield Line(
            "open cases", title, "oldest", None, None, str(one.working_days), "working days", (one.oldest,)
        )


def _of_stages(told: Analysis) -> Iterable[Line]:
    for one in told.taken:
        title, every = told.stages[one.stage], len(one.left) + len(one.still)
        yield Line("time in stage", title, "left", len(one.left), every, "", "stays", one.left)
        yield Line("time in stage", title, "still there", len(one.still), every, "", "stays", one.still)
        for what, days in (("a quarter left by", one.lower), ("half left by", one.median)):
            yield _days(title, what, days)
        yield _days(title, "three quarters left by", one.upper)
        yield Line(
            "time in stage", title, "longest", None, None, str(one.longest), "working days", (one.longest_of,)
        )


def _days(stage: str, what: str, days: int | None) -> Line:
    return Line("time in stage", stage, what, None, None, "" if days is None else str(days), "working days")


def _of_repeats(told: Analysis) -> Iterable[Line]:
    for one in told.repeated:
        area = f"area {one.area.upper()}" if one.area else "all"
        came_back = one.counted.numerator
        yield _share("repeats", area, "closed cases that came back", came_back, len(one.counted.denominator))
        yield Line("repeats", area, "cases that repeat one", len(one.again), None, "", "cases", one.again)


def _of_sanctions(told: Analysis) -> Iterable[Line]:
    total = sanctioned_in_all(told.sanctioned)
    for title, number, _ in grouped(told):
        value = _percent(Fraction(number, total)) if total else ""
        yield Line("sanctions", title, "sanctions of all such causes", number, total, value, "%")
    for one in told.sanctioned:
        number = len(one.sanctions)
        value = _percent(Fraction(number, total)) if total else ""
        yield Line(
            "sanctions", cause_named(told, one.cause), "sanctions", number, total, value, "%", one.references
        )


def _of_effects(told: Analysis) -> Iterable[Line]:
    for one in told.effects:
        for what, side in (("before", one.before), ("after", one.after)):
            months, cases = len(side.months), (one.reference,)
            measure = one.criterion.measure
            said = f"months that reached the level, {what}"
            yield Line("remedies", measure, said, side.reached, months, "", "months", cases)
            value = _percent(side.share) if side.share is not None else ""
            yield Line(
                "remedies", measure, f"share {what}", side.numerator, side.denominator, value, "%", cases
            )
        words = f"{one.words} (rule set {one.verdict.rule_set})"
        yield Line("remedies", measure, "verdict", None, None, words, "", (one.reference,))


def _share(part: str, of: str, what: str, found: Sequence[str], total: int) -> Line:
    value = _percent(Fraction(len(found), total)) if total else ""
    return Line(part, of, what, len(found), total, value, "%", tuple(found))


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.2f}"


def saved_as(form: str, told: Analysis) -> str | bytes:
    """Return the numbers as a file: JSON, CSV or a workbook, with no cell that runs."""
    found = lines(told)
    if form == "json":
        rows = [{name: getattr(one, name) for name in COLUMNS} for one in found]
        return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
    cells = [one.cells() for one in found]
    if form == "xlsx":
        return workbook.sheet("analysis", COLUMNS, cells)
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows([COLUMNS, *cells])
    return written.getvalue()

"""Figures of a month: sums, or a report's own words, against the level in force."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from tallystick.findings import rounding
from tallystick.findings.grades import grade, grade_said, grade_share
from tallystick.findings.history_runs import current_run, run_on
from tallystick.findings.spc import Direction, Spc, spc
from tallystick.findings.sums import Group, Sums
from tallystick.measures.reported import Statement
from tallystick.month.assessment import Figure, Flag, Point, Reported, State
from tallystick.month.ledger import Ledger
from tallystick.rulebook.measures import Count, Level, RollForward, RollUp
from tallystick.rulebook.measures import Reported as ReportedMeasure
from tallystick.rulebook.obligations import Obligation
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.terms import NoValueYet

HUNDRED = 100


def answerable(rulebook: Rulebook, measure: Any) -> str | None:
    """Return the drill-down that names who answers for a figure, or nothing where one provider does.

    Where parties owe the duty, each is answerable for its own figure.
    """
    if rulebook.obligations[measure.obligation].owner in rulebook.code.providers:
        return None
    return measure.subject if measure.subject in getattr(measure, "groups", ()) else None


def point(ledger: Ledger, measure: Any, month: Span) -> Point:
    """Return the figure of the measure as a whole in a month, as it counts officially."""
    level = ledger.known.rulebook.level_on(measure.key, month.last)
    stated, counted = ledger.statement(measure, month), ledger.sums(measure, month)
    if _official(measure, stated, counted):
        return _stated_point(measure, month, stated, level)
    target, minimum = _levels(level)
    if counted is None:
        return Point(str(month), None, None, None, "not_reported", target, minimum)
    share, state = _judged(ledger, measure, month, counted, level)
    shown = None if share is None else str(_shown(measure, share))
    return Point(str(month), counted.numerator, counted.denominator, shown, state, target, minimum)


def whole(ledger: Ledger, measure: Any, history: Sequence[Point]) -> Figure:
    """Return the figure of the measure as a whole in the ledger's month; `history` ends with it."""
    month, now = ledger.month, history[-1]
    stated, counted = ledger.statement(measure, month), ledger.sums(measure, month)
    series = [(one.period, one.state) for one in history]
    detail = _detail(ledger, measure, stated)
    target, _ = _levels(ledger.known.rulebook.level_on(measure.key, month.last))
    flags = {*_flags(ledger, measure, counted), *_stated_flags(measure, stated, counted, now)}
    run = current_run(series)
    if run is not None and run.at_least:
        flags.add("at_least")
    if detail.get("unbalanced_by"):
        flags.add("unbalanced")
    if now.state == "below_target" and _band(ledger, measure):
        flags.add("outside_band")
    return Figure(
        **_said_of(ledger, measure),
        group={},
        period=str(month),
        numerator=now.numerator,
        denominator=now.denominator,
        share=now.share,
        state=now.state,
        flags=tuple(sorted(flags)),
        open=counted.open if counted else 0,
        held=counted.held if counted else 0,
        excluded=counted.left_out if counted else 0,
        run=run,
        above_minimum=run_on(series, "above_minimum"),
        spc=variation(history, target, measure.direction),
        change=change(history),
        commentary=stated.commentary if stated else None,
        reported=_reported(stated),
        detail=detail,
        percentiles=ledger.percentiles(measure, month),
    )


def part(ledger: Ledger, measure: Any, group: Group, counted: Sums) -> Figure:
    """Return the figure of one group of the measure in the ledger's month."""
    level = ledger.known.rulebook.level_on(measure.key, ledger.month.last)
    state = grade(counted.numerator, counted.denominator, level, measure.direction)
    share = counted.share
    return Figure(
        **_said_of(ledger, measure),
        group=dict(group),
        period=str(ledger.month),
        numerator=counted.numerator,
        denominator=counted.denominator,
        share=None if share is None else str(_shown(measure, share)),
        state=state,
        flags=tuple(sorted(_flags(ledger, measure, counted))),
        open=counted.open,
        held=counted.held,
        excluded=counted.left_out,
    )


def _said_of(ledger: Ledger, measure: Any) -> dict[str, Any]:
    target, minimum = _levels(ledger.known.rulebook.level_on(measure.key, ledger.month.last))
    return {
        "measure": measure.key,
        "title": measure.title,
        "kind": measure.kind,
        "provider": measure.provider,
        "clause": measure.clause,
        "obligation": measure.obligation,
        "target": target,
        "minimum": minimum,
        "band": _band(ledger, measure),
        "verified": is_verified(ledger, measure),
        "reportable": measure.reportable,
        "into": measure.into,
    }


def is_verified(ledger: Ledger, measure: Any) -> bool:
    """Tell whether everything the figure rests on was confirmed: rule, duty, level, limit, calendar."""
    book, day = ledger.known.rulebook, ledger.month.last
    rests_on = [measure.verified, book.obligations[measure.obligation].verified]
    level = book.level_on(measure.key, day)
    if level is not None:
        rests_on.append(level.verified)
    limit = getattr(measure, "limit", None) or getattr(measure, "ageing", None)
    if limit is not None:
        parameter = book.parameters[limit.parameter]
        try:
            rests_on.append(parameter.value_on(day).verified)
        except NoValueYet:
            rests_on.append(False)
        if parameter.unit == "working_day":
            rests_on.append(book.calendar_texts[book.code.calendar].verified)
    if isinstance(measure, RollUp):
        rests_on += [is_verified(ledger, one) for one in book.parts_of(measure.key)]
    return all(rests_on)


def _official(measure: Any, stated: Statement | None, counted: Sums | None) -> bool:
    """Tell whether the report's figure is the one that counts."""
    if isinstance(measure, ReportedMeasure | RollForward):
        return True
    return stated is not None and (measure.official == "reported" or counted is None)


def _stated_point(measure: Any, month: Span, stated: Statement | None, level: Level | None) -> Point:
    target, minimum = _levels(level)
    if stated is None:
        state: State = "no_level" if isinstance(measure, RollForward) else "not_reported"
        return Point(str(month), None, None, None, state, target, minimum)
    share = stated_share(stated)
    said = grade_said(stated.status)
    if said is not None:
        state = said
    elif share is not None:
        state = grade_share(share, level, measure.direction)
    elif stated.denominator == 0:
        state = "no_events"
    else:
        state = "no_level" if level is None else "not_reported"
    printed = stated.share if stated.denominator is None or share is None else str(_shown(measure, share))
    return Point(str(month), stated.numerator, stated.denominator, printed, state, target, minimum)


def stated_share(stated: Statement) -> Fraction | None:
    """Return the exact share a report states: from its counts, else from its printed percentage."""
    if stated.numerator is not None and stated.denominator:
        return Fraction(stated.numerator, stated.denominator)
    if stated.denominator is not None or not stated.share:
        return None
    try:
        return Fraction(Decimal(stated.share.rstrip("% "))) / HUNDRED
    except InvalidOperation:
        return None


def _judged(
    ledger: Ledger, measure: Any, month: Span, counted: Sums, level: Level | None
) -> tuple[Fraction | None, State]:
    if measure.aggregate == "mean_of_daily_ratios":
        mean = ledger.measured(measure).mean_of_days(ledger.span(measure, month))
        return mean, "no_events" if mean is None else grade_share(mean, level, measure.direction)
    if isinstance(measure, Count) and level is None:
        return None, "no_level"
    return counted.share, grade(counted.numerator, counted.denominator, level, measure.direction)


def _levels(level: Level | None) -> tuple[Decimal | None, Decimal | None]:
    return (level.target, level.minimum) if level else (None, None)


def _band(ledger: Ledger, measure: Any) -> tuple[Decimal, Decimal] | None:
    level = ledger.known.rulebook.level_on(measure.key, ledger.month.last)
    return level.band if level else None


def _shown(measure: Any, share: Fraction) -> Decimal:
    rule = measure.round
    if rule.of == "shortfall":
        return rounding.rounded(share * HUNDRED, 2)
    return rounding.rounded(share * HUNDRED, rule.places, rule.mode)


def _flags(ledger: Ledger, measure: Any, counted: Sums | None) -> set[Flag]:
    flags: set[Flag] = set()
    if not is_verified(ledger, measure):
        flags.add("unverified")
    if counted is not None and counted.open:
        flags.add("provisional")
    if not measure.reportable:
        flags.add("outside_report")
    if measure.activity.lag:
        flags.add("lagged")
    owed: Obligation = ledger.known.rulebook.obligations[measure.obligation]
    if not owed.enforced_on(ledger.month.last):
        flags.add("suspended")
    if counted is not None and ledger.is_restated(measure, ledger.month):
        flags.add("restated")
    if counted is not None and _is_incomplete(ledger, measure):
        flags.add("incomplete")
    return flags


def _is_incomplete(ledger: Ledger, measure: Any) -> bool:
    if isinstance(measure, RollUp):
        parts = ledger.known.rulebook.parts_of(measure.key)
        return any(_is_incomplete(ledger, one) for one in parts)
    if isinstance(measure, ReportedMeasure):
        return False
    return ledger.days_received(measure, ledger.month) < ledger.span(measure, ledger.month).length


def _stated_flags(measure: Any, stated: Statement | None, counted: Sums | None, now: Point) -> set[Flag]:
    flags: set[Flag] = set()
    if stated is None:
        return flags
    if now.share is not None and now.denominator is None:
        flags.add("share_only")
    if counted is not None and disagree(measure, stated, counted):
        flags.add("disputed")
    return flags


def disagree(measure: Any, stated: Statement, counted: Sums) -> bool:
    """Tell whether a report's figure differs from the computed one, at the places the report prints."""
    if stated.numerator is not None and stated.denominator is not None:
        return (stated.numerator, stated.denominator) != (counted.numerator, counted.denominator)
    share = stated_share(stated)
    if share is None or counted.share is None or not stated.share:
        return False
    places = len(stated.share.rstrip("% ").partition(".")[2])
    return rounding.rounded(counted.share * HUNDRED, places, measure.round.mode) != rounding.rounded(
        share * HUNDRED, places
    )


def _reported(stated: Statement | None) -> Reported | None:
    if stated is None:
        return None
    return Reported(stated.report, stated.numerator, stated.denominator, stated.share, stated.status)


def _detail(ledger: Ledger, measure: Any, stated: Statement | None) -> dict[str, int]:
    """Return what a register came to, computed or else as stated: opened, resolved, open, aged."""
    if isinstance(measure, RollForward):
        roll = ledger.roll(measure, ledger.month)
        if roll is not None:
            found = {
                name: getattr(roll, name) for name in ("open_at_start", "opened", "resolved", "open_at_end")
            }
            return found | ({"aged": roll.aged} if roll.aged is not None else {})
    if stated is None or stated.opened is None or stated.resolved is None or stated.open_at_end is None:
        return {}
    start = stated.open_at_end - stated.opened + stated.resolved
    found = {"opened": stated.opened, "resolved": stated.resolved, "open_at_end": stated.open_at_end}
    before = ledger.statement(measure, ledger.month.shifted(-1))
    known = before.open_at_end if before else None
    unbalanced = {} if known is None or known == start else {"unbalanced_by": known - start}
    return {"open_at_start": start if known is None else known, **found, **unbalanced}


def change(history: Sequence[Point]) -> str | None:
    """Return the change on the period before in percentage points, with its sign."""
    shares = [exact_share(one) for one in history[-2:]]
    if len(shares) < len(history[-2:]) or len(history) == 1:
        return None
    before, now = shares[0], shares[-1]
    if before is None or now is None:
        return None
    points = rounding.rounded((now - before) * HUNDRED, 2)
    return f"{points:+}"


def exact_share(one: Point) -> Fraction | None:
    """Return the share of a month's figure, 1 for a whole, exactly; nothing where it has none."""
    if one.numerator is not None and one.denominator:
        return Fraction(one.numerator, one.denominator)
    if one.share is None or one.denominator is not None:
        return None
    return Fraction(Decimal(one.share.rstrip("% "))) / HUNDRED


def variation(history: Sequence[Point], target: Decimal | None, direction: Direction) -> Spc | None:
    """Return the verdict of an XmR chart over the months that have a share; `target` is a percentage."""
    shares = [(one.period, exact) for one in history if (exact := exact_share(one)) is not None]
    wanted = None if target is None else Fraction(target) / HUNDRED
    return spc(shares, direction=direction, target=wanted) if shares else None

"""The account of a quarter or a year: of each technique what came of it, what it cost, what changed."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tallystick.assessments.models import Application, Part, Tag
from tallystick.assessments.reports.days import Reach
from tallystick.assessments.reports.effects import Effect, Judged, Month, effect_of
from tallystick.assessments.techniques.catalogue import tags_by_technique
from tallystick.assessments.techniques.facts import Known, technique_of
from tallystick.assessments.techniques.outcomes import outcomes_of
from tallystick.assessments.techniques.seen import seen_parts
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.models import Step
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.models import Figure

REPORT = "report"
WHY = "Tells on which day applications were reported that were found through what somebody may see."
Tags = Mapping[str, Sequence[Tag]]
Months = Mapping[str, Sequence[Month]]


@dataclass(frozen=True)
class Applied:
    """An application with the parts that somebody may see; `came_of` counts these by outcome, in words."""

    row: Application
    parts: tuple[Part, ...]
    answered: int
    came_of: Mapping[str, int]
    reported_on: dt.date | None

    @property
    def stands(self) -> str:
        """How far it is, in a word or two."""
        if self.row.ended_at is not None:
            return "Closed" if self.row.result else "Cancelled"
        return "Reported" if self.row.result else "Under way"


@dataclass(frozen=True)
class Account:
    """What a technique came to. `planned` is of what began in the days, `spent` of what was reported in them.

    `beside` are the titles of other techniques of the account that are applied to a risk in common.
    """

    rule: Known
    classes: tuple[str, ...]
    applied: tuple[Applied, ...]
    planned: Decimal
    spent: Decimal
    effects: tuple[Effect, ...]
    beside: tuple[str, ...]


@dataclass(frozen=True)
class Started:
    """What was applied as far as somebody may see it, the first day first, and when it was reported.

    What is planned and was not started is the office's own, and in no account. `on` is today.
    """

    rows: tuple[Application, ...]
    reported: Mapping[int, dt.date]
    on: dt.date

    @property
    def first(self) -> dt.date | None:
        return self.rows[0].from_on if self.rows else None

    def reported_on(self, row: Application) -> dt.date | None:
        return self.reported.get(row.course_id)

    def within(self, reach: Reach) -> list[Application]:
        """Return what went on in the days, was reported in them, or by today still waits to be."""
        return [one for one in self.rows if self._is_within(one, reach)]

    def _is_within(self, row: Application, reach: Reach) -> bool:
        if row.from_on > reach.last:
            return False
        waits = row.ended_at is None and not row.result and reach.first <= self.on
        return waits or row.until_on >= reach.first or reach.has(self.reported_on(row))


def started(acting: Acting) -> Started:
    """Return what was applied, as far as somebody may see it."""
    found = Application.objects.visible_to(acting).exclude(publicity=Application.DRAFT)
    rows = tuple(found.order_by("from_on", "pk"))
    return Started(rows, _reported(rows), acting.day)


def accounts(
    acting: Acting, reach: Reach, known: Started | None = None, tags: Tags | None = None
) -> tuple[Account, ...]:
    """Return the account of each technique that was applied in the days, as somebody may see it, by title.

    :param known: what was applied, where that is read already
    :param tags: those of the techniques, likewise
    """
    rulebook, known = rulebook_of(acting.code), known or started(acting)
    rows, within = known.rows, known.within(reach)
    parts = _parts(acting, within)
    told: dict[str, list[Applied]] = defaultdict(list)
    for one in within:
        told[one.technique].append(_applied(one, parts[one.pk], known.reported_on(one)))
    rules = {name: technique_of(applied[-1].row) for name, applied in told.items()}
    months = _months(acting, {key for rule in rules.values() for key in rule.measures})
    tags = tags_by_technique(acting) if tags is None else tags
    found = []
    for name, applied in told.items():
        rule = rules[name]
        tag = next((one for one in tags.get(name, ()) if one.from_on <= reach.last), None)
        classes = tuple(tag.classes) if tag else rule.classes
        since = _first(one for one in rows if one.technique == name)
        effects = _effects(rulebook, rule, (since, reach.last), months) if since else ()
        found.append(_account(rule, classes, applied, reach, tuple(effects), _beside(rules, name, told)))
    return tuple(sorted(found, key=lambda one: one.rule.title))


def _account(
    rule: Known,
    classes: tuple[str, ...],
    applied: Sequence[Applied],
    reach: Reach,
    effects: tuple[Effect, ...],
    beside: tuple[str, ...],
) -> Account:
    planned = [one.row.cost for one in applied if reach.has(one.row.from_on)]
    spent = [one.row.spent or Decimal(0) for one in applied if reach.has(one.reported_on)]
    nothing = Decimal(0)
    return Account(rule, classes, tuple(applied), sum(planned, nothing), sum(spent, nothing), effects, beside)


@unscoped(WHY)
def _reported(rows: Iterable[Application]) -> dict[int, dt.date]:
    """Return on which day each application was reported, by its course."""
    courses = [one.course_id for one in rows]
    steps = Step.objects.filter(course__in=courses, move=REPORT)
    return dict(steps.values_list("course", "on"))


def _parts(acting: Acting, rows: Iterable[Application]) -> Mapping[int, Sequence[Part]]:
    found: dict[int, list[Part]] = defaultdict(list)
    for one in seen_parts(acting).filter(application__in=list(rows)).order_by("pk"):
        found[one.application_id].append(one)
    return found


def _applied(row: Application, parts: Sequence[Part], reported_on: dt.date | None) -> Applied:
    words = outcomes_of(technique_of(row).form)
    came_of = Counter(words.get(one.stands, one.stands) for one in parts if one.stands)
    answered = sum(one.answered_at is not None for one in parts)
    return Applied(row, tuple(parts), answered, dict(came_of), reported_on)


def _first(rows: Iterable[Application]) -> dt.date | None:
    """Return when a technique was first applied, leaving out what was cancelled on the way."""
    return next((one.from_on for one in rows if one.result or one.ended_at is None), None)


def _months(acting: Acting, measures: Collection[str]) -> Months:
    """Return the landed months of measures as wholes, as far as somebody may see them, the oldest first."""
    rows = Figure.objects.visible_to(acting).filter(
        measure__in=sorted(measures), run__is_current=True, group_key=""
    )
    found: dict[str, list[Month]] = defaultdict(list)
    told = rows.order_by("period").values_list("measure", "period", "numerator", "denominator")
    for measure, period, numerator, denominator in told:
        if Span.parse(period).months == 1:
            found[measure].append(Month(period, numerator or 0, denominator or 0))
    return found


def _effects(
    rulebook: Rulebook, rule: Known, days: tuple[dt.date, dt.date], months: Months
) -> Iterator[Effect]:
    """Yield what the measures of a technique showed before and after a day, until another."""
    since, until = days
    for key in rule.measures:
        measure, level = rulebook.measures.get(key), rulebook.level_on(key, until)
        if measure is not None:
            target = level.target if level else None
            judged = Judged(key, measure.title, target, measure.direction)
            yield effect_of(judged, since, until, months.get(key, ()))


def _beside(rules: Mapping[str, Known], name: str, told: Mapping[str, Sequence[Applied]]) -> tuple[str, ...]:
    risks = {key: {risk for one in applied for risk in one.row.risks} for key, applied in told.items()}
    others = [key for key in told if key != name and risks[key] & risks[name]]
    return tuple(sorted(rules[key].title for key in others))

"""What a home tells beside its list: what waits on others, what changed since one last looked, what comes."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Case, F, Q, When
from django.urls import reverse

from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.waiting import Changed, Coming, Waiting
from tallystick.rulebook.periods import Span
from tallystick.runs import excluded, installation
from tallystick.runs.models import Exclusion, Run, Submission

MOST = 6
LOOKED_AHEAD = dt.timedelta(days=60)
MONTHS_A_QUARTER = 3


def on_others(acting: Acting) -> list[Waiting]:
    """List what others have to do because of what whoever is acting did: check it, or answer it."""
    if not is_granted(acting, "exclusion", "c") or acting.person is None:
        return []
    asked = excluded.open_questions(acting)
    back_with_me = {one.exclusion_id for one in asked}
    mine = [one for one in excluded.exclusions_entered(acting) if one.pk not in back_with_me]
    return [
        *(
            Waiting(
                title=f"Give the second check on {one.reference}",
                words="another of the office",
                verb="Open",
                href=reverse("exclusion", args=[acting.code, one.reference]),
                due=acting.day,
                classification=one.classification,
            )
            for one in mine
        ),
        *(
            Waiting(
                title=f"Answer your question about {one.exclusion.reference}",
                words=one.exclusion.entered_by.name,
                verb="Open",
                href=reverse("exclusion", args=[acting.code, one.exclusion.reference]),
                due=acting.day,
                classification=one.exclusion.classification,
            )
            for one in asked
            if one.asked_by_id == acting.person.pk
        ),
    ]


def changes(acting: Acting, since: dt.datetime) -> list[Changed]:
    """List what happened to the rows that whoever is acting may see: months, files, exclusions."""
    return [*_runs(acting, since), *_files(acting, since), *_exclusions(acting, since)]


def _runs(acting: Acting, since: dt.datetime) -> Iterator[Changed]:
    """Yield the runs that ended; those that did not land, to those alone who may ask for one."""
    if not is_granted(acting, "run", "r"):
        return
    ended = Run.objects.visible_to(acting).filter(ended_at__gt=since).order_by("-ended_at")
    for run in ended[:MOST]:
        month, href = Span.parse(run.period).words, reverse("run", args=[acting.code, run.reference])
        if run.ended_at and run.state == Run.LANDED:
            yield Changed(run.ended_at, f"{month} was computed", run.reference, href, run.classification)
        elif run.ended_at and is_granted(acting, "run", "c"):
            how = run.get_state_display().lower()
            said = f"The run of {month} was {how}"
            yield Changed(run.ended_at, said, run.reference, href, run.classification)


def _files(acting: Acting, since: dt.datetime) -> Iterator[Changed]:
    """Yield what others sent and had taken in."""
    if not is_granted(acting, "submission", "r"):
        return
    taken = Submission.objects.visible_to(acting).filter(taken_in_at__gt=since)
    others = taken.exclude(person=acting.person) if acting.person else taken
    for one in others.select_related("party").order_by("-taken_in_at", "-pk")[:MOST]:
        sender = one.party.name if one.party else "The code administrator"
        href = reverse("submission", args=[acting.code, one.reference])
        if one.taken_in_at:
            said = f"{sender} sent {one.stream}"
            yield Changed(one.taken_in_at, said, one.reference, href, one.classification)


def _exclusions(acting: Acting, since: dt.datetime) -> Iterator[Changed]:
    """Yield exclusions that others entered, or settled."""
    if not is_granted(acting, "exclusion", "r"):
        return
    own = acting.person.pk if acting.person else 0
    settled = Q(checked_at__gt=since) & ~Q(checked_by=own)
    entered = Q(entered_at__gt=since) & ~Q(entered_by=own)
    moved = Exclusion.objects.visible_to(acting).filter(settled | entered)
    told_at = Case(When(settled, then=F("checked_at")), default=F("entered_at"))
    for one in moved.order_by(told_at.desc(), "-pk")[:MOST]:
        href = reverse("exclusion", args=[acting.code, one.reference])
        if one.checked_at and one.checked_at > since and one.checked_by_id != own:
            how = one.get_state_display().lower()
            yield Changed(one.checked_at, f"An exclusion was {how}", one.reference, href, one.classification)
        else:
            yield Changed(one.entered_at, "An exclusion was entered", one.reference, href, one.classification)


def coming(acting: Acting) -> list[Coming]:
    """List the reports that fall due in the next two months, by the rules of the code."""
    if not is_granted(acting, "obligation", "r"):
        return []
    book, last = installation.rulebook_of(acting.code), acting.day + LOOKED_AHEAD
    this = Span(acting.day.replace(day=1))
    found = []
    for owed in book.reports():
        for period in _periods(owed.period, this):
            due = book.due_on(owed, period) if owed.enforced_on(period.last) else None
            if due is not None and acting.day <= due <= last:
                href = reverse("obligation", args=[acting.code, owed.key])
                found.append(Coming(due, f"{owed.title}, {period.words}", href, ", ".join(owed.clause)))
    return sorted(found, key=lambda one: (one.on, one.title))[:MOST]


def _periods(kind: str | None, this: Span) -> list[Span]:
    """Return the periods whose reports can fall due about now."""
    if kind == "month":
        return [this.shifted(step) for step in (-2, -1, 0, 1)]
    if kind == "quarter":
        quarter = Span.quarter_of(this.first)
        return [quarter.shifted(-MONTHS_A_QUARTER), quarter]
    return []

"""The page of a case: where it stands, what was found, the remedy, what was said, and what comes next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.cases import queries, remedy_shown
from tallystick.cases.causes import cause_of
from tallystick.cases.decided import Deciding, deciding
from tallystick.cases.facts import facts_of
from tallystick.cases.forms import SentForm, WordsForm
from tallystick.cases.listed import ASIDE, age_of
from tallystick.cases.matter import Matter, Told, seen
from tallystick.cases.models import Case, LineAnswer, Message
from tallystick.cases.operations.entries import is_of_party
from tallystick.cases.remedy_shown import Shown
from tallystick.cases.rungs import CASE, ladder, stages
from tallystick.cases.times import clocks
from tallystick.cases.views.asked import banner, facts_as, found
from tallystick.cases.views.ways import Standing, buttons, ways_of
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import is_granted, may, needs_factor
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import due_chip
from tallystick.processes.holding import holding, may_hold
from tallystick.processes.queries import process_of
from tallystick.processes.rungs import Rung
from tallystick.processes.times import Shown as Clock


@dataclass(frozen=True)
class Sent:
    """Forms of the page that came back with what is wrong."""

    message: SentForm | None = None
    note: WordsForm | None = None

    @property
    def is_any(self) -> bool:
        return self.message is not None or self.note is not None


NOTHING_SENT = Sent()


@require_safe
def case(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a case."""
    return page(request, found(request, reference))


def page(request: Request, one: Case, sent: Sent = NOTHING_SENT, status: int = 200) -> HttpResponse:
    """Show a case that whoever is acting may see, with the forms that came back to them."""
    with one_page():
        note(request, Case.TYPE, [one], timezone.now())
        matter = Matter(one, request.acting)
        shown = {
            "code": one.code,
            "c": one,
            "handling": banner(one),
            "has_sent": sent.is_any,
            **_stands(matter, request.acting),
            **_found(matter, request.acting),
            **_said(request, matter, sent),
        }
        return render(request, "cases/case.html", shown, status=status)


def _stands(matter: Matter, acting: Acting) -> dict[str, Any]:
    """Return where a case stands, its remedy and its clocks, and what may be done next."""
    one, day = matter.case, acting.day
    standing, facts = matter.standing(day), facts_of(one, day, matter)
    value, remedy = process_of(one.course), remedy_shown.latest(acting, one, matter)
    shares = sum(map(_is_to_share, matter.told)) if acting.name in Role.OFFICE else 0
    offers = queries.offers_for(acting, one, facts, matter)
    holds = holding(acting, one.course, matter.rows[one.course_id])
    may_place = one.closed_at is None and may_hold(acting, one.course)
    stands = Standing(standing.at[value.main], *offers, remedy, shares, holds, may_place)
    now, later = ways_of(acting, one, stands)
    passed = stages(one, day, facts, matter)
    return {
        "standing": standing,
        "holds": holds,
        "ways": now,
        "later": later,
        "buttons": buttons(now),
        "stages": _with_notes([s for s in passed if s.stage != ASIDE or s.state == "now"], remedy, one),
        "rungs": ladder(one, day, facts, matter),
        "clocks": [(clock, _chip(clock, one, day)) for clock in clocks(one, day, matter)],
        "remedy": remedy,
        "age": age_of(one, day),
        **_deciding(deciding(matter, day)),
    }


def _found(matter: Matter, acting: Acting) -> dict[str, Any]:
    """Return what a case rests on, the lines that were shared, and what stands beside it."""
    one = matter.case
    shared = sorted((told for told in matter.told if told.is_share_seen), key=_shared_at)
    versions = sorted(
        (told for told in matter.told if told.is_version_seen and told.is_current), key=_version
    )
    answers, alike = matter.answers if shared else {}, queries.same_area(acting, one)
    return {
        "findings": list({told.finding.pk: told.finding for told in matter.told if told.is_seen}.values()),
        "versions": {told.finding.pk: told for told in versions},
        "shared": shared,
        "lines": sum(told.lines or 0 for told in shared),
        "accepted": sum(row.answer == LineAnswer.ACCEPTED for row in answers.values()),
        "disputed": sum(row.answer == LineAnswer.DISPUTED for row in answers.values()),
        "alike": [row for row in alike if row.closed_at is None],
        "alike_closed": sum(row.closed_at is not None for row in alike),
        "teller": queries.teller(acting, one) if one.source == Case.THIRD_PARTY else None,
        "obligation": rulebook_of(one.code).obligations.get(one.obligation),
        "cause": cause_of(one),
    }


def _is_to_share(told: Told) -> bool:
    """Tell whether somebody sees a finding of a current run with lines of the party that were not shared."""
    is_theirs = told.is_seen and told.is_version_seen and told.is_current and told.has_lines
    return is_theirs and told.shared_at is None


def _shared_at(told: Told) -> tuple[dt.datetime, int]:
    """Return when lines were shared that were."""
    return told.shared_at or dt.datetime.max.replace(tzinfo=dt.UTC), told.version or 0


def _version(told: Told) -> int:
    return told.version or 0


def _said(request: Request, matter: Matter, sent: Sent) -> dict[str, Any]:
    """Return the messages and the notes, and the forms to write more where somebody may."""
    acting, one, now = request.acting, matter.case, timezone.now()
    is_party, is_office = is_of_party(acting, one), acting.name in Role.OFFICE
    messages = seen(matter.messages)
    unread = [row for row in messages if _is_unread(row, acting, is_party=is_party, is_office=is_office)]
    knows = one.publicity != Case.DRAFT
    facts = facts_as(request, one, "case_message")
    return {
        "messages": messages,
        "unread": {row.pk for row in unread},
        "attached": queries.attached(acting, [row for row in messages if row not in unread]),
        "is_party": is_party,
        "is_office": is_office,
        "may_write": (is_party or (is_office and knows)) and may(acting, "c", facts, now=now),
        "message_form": sent.message or SentForm(),
        "write_to": "Write to the office" if is_party else f"Write to {one.party.name}",
        "notes": matter.notes if is_granted(acting, "case_note", "r") else [],
        "sees_notes": is_granted(acting, "case_note", "r"),
        "note_form": sent.note or WordsForm(label="Note for the office"),
        "may_note": is_office,
        "may_satisfy": acting.name == Role.AUDITOR and one.source == Case.AUDIT and one.closed_at is None,
        "wants_factor": is_office and needs_factor(acting, "t", facts_as(request, one), now=now),
    }


def _is_unread(row: Message, acting: Acting, *, is_party: bool, is_office: bool) -> bool:
    """Tell whether somebody has still to open a message: of the other side, and not their own."""
    is_theirs = (is_party and not row.from_party) or (is_office and row.from_party)
    return is_theirs and row.read_at is None and row.sent_by != acting.person


def _with_notes(found_stages: Sequence[Rung], remedy: Shown | None, one: Case) -> list[tuple[Rung, str]]:
    """Return the stages, each with what is told of it besides its day."""
    told = {
        "remedy": f"Version {remedy.row.version} {_word(remedy)}" if remedy else "",
        "on_track": f"{len(remedy.milestones)} milestones to {remedy.last_due:%b %Y}" if remedy else "",
        "verified": f"{remedy.row.months} months at {remedy.row.level.normalize():f}%"
        if remedy and remedy.row.level is not None
        else "",
        "finding": "" if one.source == Case.MONITORING else one.get_source_display(),
    }
    return [(stage, told.get(stage.stage, "")) for stage in found_stages]


def _word(remedy: Shown) -> str:
    return {"filed": "waits", "returned": "was returned", "superseded": "was set aside"}.get(
        remedy.stage, "was accepted"
    )


def _chip(clock: Clock, one: Case, day: dt.date) -> tuple[str, str, str]:
    """Return how a clock is shown: the kind of its chip, what is bold, and the words."""
    if clock.ended_on is not None:
        kind = "late" if clock.how == "passed" else "ok"
        word = {"met": "used", "stopped": "over", "passed": "passed"}[clock.how or "stopped"]
        return kind, "", f"{word}, {clock.ended_on.day} {clock.ended_on:%b}"
    if clock.due_on is None:
        return "paused", f"{clock.left} {'WD' if clock.unit == 'working_day' else 'days'} left", "on hold"
    chip = due_chip(clock.due_on, day, rulebook_of(one.code).calendar())
    return chip.kind, chip.bold, chip.words


def _deciding(told: Deciding) -> dict[str, Any]:
    """Return who decides now, who decides once it is escalated, and how many of them stand aside."""
    return {
        "deciding": told.body,
        "deciding_key": told.key,
        "deciding_next": told.following,
        "aside": told.aside,
        "main_track": CASE,
    }

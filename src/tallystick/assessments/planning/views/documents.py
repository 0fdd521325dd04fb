"""The documents of a period, and one of them: its stages, what it says, what was said of it, what changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.assessments.models import Comment, Document, Draft, Frozen, Reply
from tallystick.assessments.planning import seen as finding
from tallystick.assessments.planning.content import (
    Content,
    Line,
    changes,
    contents_of,
    hash_of,
    lines_of,
    together,
)
from tallystick.assessments.planning.facts import CONSULTED, CONSULTING, facts_of
from tallystick.assessments.planning.views.asked import about, found, offers_for, put_to
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts_of as asked_of
from tallystick.parties.policy.decision import is_granted, masked, needs_factor
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.readings import note, strictest
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes.decided import under_way
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.queries import Rows, process_of, rows_of
from tallystick.processes.rungs import Asked, rungs
from tallystick.processes.times import Shown, clocks
from tallystick.risks.views.asked import period_of

OF_ONE_SEEN = "Shows the steps of a document that was found through what somebody may see."
# Stages in which a document ends aside: shown only where it stands there.
ASIDE = frozenset({"superseded", "over", "refused", "withdrawn"})
QUIET = ("withdraw", "bring_at_once")
ICONS = {"consult": "users", "take_effect": "check", "withdraw": "ban"}


@dataclass(frozen=True)
class Way:
    """A next step: its words, the address that asks what it needs, whose decision it carries out."""

    move: str
    title: str
    href: str
    body: str
    opens_once: tuple[str, ...]

    @property
    def is_solid(self) -> bool:
        """Tell whether it is what is waited for."""
        return self.move not in QUIET

    @property
    def icon(self) -> str:
        return ICONS.get(self.move, "gavel" if self.body else "arrow-right")


@dataclass(frozen=True)
class Said:
    """A comment with its answer, and who said it, in the words that the reader may see."""

    comment: Comment
    reply: Reply | None
    who: str


@require_safe
def documents(request: Request, code: str, period: str) -> HttpResponse:
    """List the documents of a period by kind, the latest version first."""
    with one_page():
        acting = request.acting
        of = period_of(request, period)
        rows = finding.documents(acting, of)
        note(request, Document.TYPE, rows, timezone.now())
        there = finding.stages(rows)
        listed = [(one, process_of(one.course).stage(there[one.pk])) for one in rows]
        shown = {
            "code": code,
            "period": of,
            "kinds": [
                (kind, title, [one for one in listed if one[0].kind == kind])
                for kind, title in Document.KINDS
            ],
            "may_write": is_granted(acting, Document.TYPE, "c") and acting.name in Role.OFFICE,
        }
        return render(request, "assessments/documents.html", shown)


@require_safe
def document(request: Request, code: str, reference: str) -> HttpResponse:
    """Show a document."""
    with one_page():
        row = found(request, reference)
        said = _content(request, row)
        note(request, Document.TYPE, [row, *said["frozen"]], timezone.now())
        page = {"code": code, "d": row, "about": about(row), **said}
        stands = _stands(request.acting, row)
        return render(request, "assessments/document.html", {**page, **stands, **_said(request, row, stands)})


def _content(request: Request, row: Document) -> dict[str, Any]:
    """Return what a document says, frozen or as it would be, and what is other than in the version before."""
    acting, rules = request.acting, rulebook_of(row.code)
    rows = [row, *([row.revises] if row.revises else [])]
    there = finding.frozen(acting, rows)
    own = there.get(row.pk, [])
    if own:
        own_lines = _lines(row, _of(own), rules)
    else:
        may_read = row.draft is not None or acting.name in Role.OFFICE
        own_lines = _lines(row, contents_of(row, acting).values(), rules) if may_read else []
    before = there.get(row.revises.pk, []) if row.revises else []
    old = _lines(row, _of(before), rules) if before else []
    cls = strictest((row, *own))
    return {
        "frozen": own,
        "cls": cls,
        "handling": rules.handling.sentence(cls, acting.day).says,
        "is_whole": all(hash_of(one.content, one.words) == one.sha256 for one in own),
        "parts": _parts(own_lines),
        "changes": changes(old, own_lines) if row.revises else [],
        "draft": row.draft if row.draft and row.draft.publicity != Draft.DRAFT else None,
    }


def _lines(row: Document, parts: Iterable[Content], rules: Any) -> list[Line]:
    content = together(parts)
    return lines_of(row.kind, content.figures, content.words, rules)


def _of(several: Iterable[Frozen]) -> list[Content]:
    return [Content(one.content, one.words) for one in several]


def _parts(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    found: dict[str, list[Line]] = {}
    for one in lines:
        found.setdefault(one.part, []).append(one)
    return list(found.items())


def _stands(acting: Acting, row: Document) -> dict[str, Any]:
    """Return where a document stands, its clocks and steps, and what may be done next."""
    rows = rows_of([row.course], whole=True)[row.course_id]
    value = process_of(row.course)
    known = facts_of(row, acting.day)
    now, later = offers_for(acting, row, rows, known)
    ways = [_way(row, one) for one in now]
    steps = _steps(row)
    skipping = [one for one in steps if value.moves[one.move].skips]
    asked = Asked(row.course, rows, known, PREDICATES, skipping, "document")
    stages = [
        one
        for one in rungs(asked, value.main, acting.day)
        if one.stage not in ASIDE or one.state in ("now", "done")
    ]
    to = put_to(acting, row, now, later)
    return {
        "put_to": to[1] if to else "",
        "motions": under_way(acting, row.course),
        "stages": stages,
        "stage": next(one for one in stages if one.state == "now"),
        "clocks": _clocks(row, rows, acting),
        "ways": ways,
        "later": [_way(row, one) for one in later],
        "steps": [(one, value.moves[one.move]) for one in steps],
        "wants_factor": bool(ways) and needs_factor(acting, "t", asked_of(acting, row), now=timezone.now()),
    }


def _said(request: Request, row: Document, stands: dict[str, Any]) -> dict[str, Any]:
    """Return the comments that somebody may read, and whether they may comment or answer."""
    acting, stage = request.acting, stands["stage"].stage
    rows = finding.comments(acting, row) if is_granted(acting, Comment.TYPE, "r") else []
    note(request, Comment.TYPE, rows, timezone.now())
    answers = finding.replies(acting, rows)
    return {
        "said": [Said(one, answers.get(one.pk), _who(acting, one)) for one in rows],
        "reads_comments": is_granted(acting, Comment.TYPE, "r"),
        "may_comment": stage == CONSULTING and acting.name == Role.PARTY_DELEGATE,
        "may_reply": stage in (CONSULTING, CONSULTED) and acting.name in Role.OFFICE,
    }


def _who(acting: Acting, one: Comment) -> str:
    if one.party is None or masked(acting, Comment.TYPE, "submitter", one):
        return "A Party"
    return str(one.party.name)


@unscoped(OF_ONE_SEEN)
def _steps(row: Document) -> list[Step]:
    return list(row.course.steps.select_related("by").order_by("pk"))


def _way(row: Document, offer: Any) -> Way:
    href = reverse("take_document_step", args=[row.code, row.reference, offer.move])
    return Way(offer.move, offer.title, href, offer.body or "", offer.opens_once)


def _clocks(row: Document, rows: Rows, acting: Acting) -> list[tuple[Shown, DueChip]]:
    there = clocks([row.course], {row.course_id: rows}, acting.day)
    return [(one, _chip(one, row, acting)) for one in there]


def _chip(clock: Shown, row: Document, acting: Acting) -> DueChip:
    if clock.ended_on is not None:
        word = {"met": "used", "stopped": "over", "passed": "over"}[clock.how or "stopped"]
        return DueChip("ok", "", f"{word}, {clock.ended_on.day} {clock.ended_on:%b}")
    return due_chip(clock.due_on, acting.day, rulebook_of(row.code).calendar())

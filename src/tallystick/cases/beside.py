"""What pages of other rooms show of this one: the case on a finding, the gaps under a clause."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from tallystick.cases.gaps import gaps_of
from tallystick.cases.models import Case, Gap
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.rulebook.code import ClauseText
from tallystick.rulebook.obligations import Obligation
from tallystick.runs.models import Finding

OF_ONE_SEEN = (
    "Finds the case of a finding that is shown; the case itself is asked for through what may be seen."
)


class Door(NamedTuple):
    """A link: its words, where it leads, the icon before it."""

    words: str
    href: str
    icon: str


class Remark(NamedTuple):
    """Some words that another room has for a page, and where they lead, if anywhere: `link` is the link's."""

    words: str
    href: str = ""
    link: str = ""


def of_finding(acting: Acting, finding: Finding) -> list[Door]:
    """Return the case of a finding, where somebody may see it; else the form to open one, where they may."""
    if not is_granted(acting, Case.TYPE, "r"):
        return []
    with unscoped(OF_ONE_SEEN):
        seen = Case.objects.visible_to(acting).filter(case_findings__finding=finding)
        reference = seen.values_list("reference", flat=True).first()
    if reference is not None:
        return [Door(reference, reverse("case", args=[acting.code, reference]), "link")]
    may_open = (
        is_granted(acting, Case.TYPE, "c") and finding.party_id is not None and not finding.is_withdrawn
    )
    href = f"{reverse('open_case', args=[acting.code])}?finding={finding.reference}"
    return [Door("Open a case", href, "plus")] if may_open else []


def of_clause(acting: Acting, clause: ClauseText) -> list[Door]:
    """Return the gaps under a clause, where there are any, and the form to record one, where somebody may."""
    found = _gaps_under(acting, (clause.clause,))
    if not is_granted(acting, Gap.TYPE, "c"):
        return found
    href = f"{reverse('record_gap', args=[acting.code])}?{urlencode({'clause': clause.clause})}"
    return [*found, Door("Record a gap", href, "plus")]


def of_obligation(acting: Acting, owed: Obligation) -> list[Door]:
    """Return the gaps under the clauses of an obligation, where there are any."""
    return _gaps_under(acting, owed.clause)


def _gaps_under(acting: Acting, clauses: Sequence[str]) -> list[Door]:
    if not is_granted(acting, Gap.TYPE, "r"):
        return []
    known = list(gaps_of(acting).filter(clause__in=clauses).values_list("clause", flat=True))
    address = reverse("gaps", args=[acting.code])
    return [
        Door(
            f"{known.count(clause)} gap{'' if known.count(clause) == 1 else 's'} under {clause}",
            f"{address}?{urlencode({'clause': clause})}",
            "alert-triangle",
        )
        for clause in clauses
        if clause in known
    ]


def of_courses(acting: Acting, courses: Collection[int]) -> dict[int, Door]:
    """Return the case of each course that is one's, by the key of the course, where somebody may see it."""
    if not is_granted(acting, Case.TYPE, "r"):
        return {}
    found = Case.objects.visible_to(acting).filter(course__in=courses)
    return {
        one.course_id: Door(
            f"{one.reference}: {one.title}", reverse("case", args=[acting.code, one.reference]), "link"
        )
        for one in found
    }

"""What the pages of other rooms show of cases: the case that rests on a finding, or the way to open one."""

from typing import NamedTuple

from django.urls import reverse

from tallystick.cases.models import Case
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.runs.models import Finding

OF_ONE_SEEN = (
    "Finds the case of a finding that is shown; the case itself is asked for through what may be seen."
)


class Door(NamedTuple):
    """A link: its words, where it leads, the icon before it."""

    words: str
    href: str
    icon: str


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

"""The door by which a party disputes a figure."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tallystick.challenges.forms import DisputeForm
from tallystick.challenges.models import Dispute
from tallystick.challenges.operations.disputing import Raised, raise_dispute
from tallystick.challenges.views.asked import REFUSALS
from tallystick.decisions.views.asked import moment
from tallystick.parties.policy.decision import facts, is_granted
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.views.asked import About, Act, posted
from tallystick.processes.views.asked import answered as asked
from tallystick.runs import queries as of_runs
from tallystick.runs.models import Finding


@require_http_methods(BOTH)
def raise_one(request: Request, code: str) -> HttpResponse:
    """Dispute a finding, or a measure in a period, as the party whose figure it is."""
    acting = request.acting
    if acting.organisation is None or not is_granted(acting, Dispute.TYPE, "c"):
        raise Http404
    there = [one for one in of_runs.findings_of(acting) if one.party == acting.organisation]
    known = {one.reference: one for one in there}
    named = request.GET.get("finding", "")[:20]
    if named and named not in known:
        raise Http404
    offered = (
        [(one.reference, f"{one.reference}, {one.period}: {one.why}") for one in there],
        [(one.key, f"{one.key}: {one.title}") for one in rulebook_of(code).measures.values()],
        [(one, one) for one in of_runs.periods(acting)],
    )
    form = DisputeForm(posted(request), offered=offered, initial={"finding": named})

    def done() -> str:
        told = form.cleaned_data
        raised = Raised(
            matter=told["matter"],
            key=told["key"],
            finding=known.get(told["finding"]),
            measure=told["measure"],
            period="" if told["finding"] else told["period"],
        )
        made = raise_dispute(raised=raised, by=acting, at=moment())
        return f"{made.reference} is raised. It blames nobody, and no case waits for it."

    act = Act(
        title="Dispute a figure",
        says="Say which figure is recorded or computed wrongly. It corrects that and decides nothing else.",
        button="Raise the dispute",
        form=form,
        facts=facts(acting, Dispute.TYPE, classification=Dispute.AMBER, party=acting.organisation),
        act="c",
        do=done,
        then=reverse("challenges", args=[code]),
    )
    return asked(request, _about(code, acting.organisation.name, known.get(named)), act, REFUSALS)


def _about(code: str, party: str, finding: Finding | None) -> About:
    register = ("Challenges", reverse("challenges", args=[code]))
    if finding is not None:
        href = reverse("finding", args=[code, finding.reference])
        return About(finding, finding.reference, finding.why, party, href, register, finding.raised_at)
    row = Dispute(code=code, classification=Dispute.AMBER)
    return About(row, "New", "A figure of a month", party, register[1], register, moment())

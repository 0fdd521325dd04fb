"""The door by which the office says to which run the correction of a dispute came."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tallystick.challenges import queries
from tallystick.challenges.forms import CorrectForm
from tallystick.challenges.matter import Matter
from tallystick.challenges.operations.disputing import CORRECT, correct_dispute
from tallystick.challenges.views.asked import answered, found_dispute
from tallystick.decisions.views.asked import moment
from tallystick.parties.policy.decision import facts_of
from tallystick.parties.request import BOTH, Request
from tallystick.processes.views.asked import Act, posted
from tallystick.runs import queries as of_runs
from tallystick.runs.models import Run


@require_http_methods(BOTH)
def correct(request: Request, code: str, reference: str) -> HttpResponse:
    """Close a dispute by the run that landed since it was determined.

    :raises Http404: if whoever is acting corrects none
    """
    row = found_dispute(request, reference)
    matter = Matter(row)
    now, _ = queries.offers_for(request.acting, matter)
    if request.method != "POST" and all(one.move != CORRECT for one in now):
        raise Http404
    since = matter.since
    runs = {
        one.reference: one
        for one in of_runs.runs_of(request.acting, row.period)
        if one.state == Run.LANDED and one.is_current and one.ended_at and since and one.ended_at >= since
    }
    offered = [(key, f"{key}, as known on {one.known_on}") for key, one in runs.items()]
    form = CorrectForm(posted(request), runs=offered)

    def done() -> str:
        told = form.cleaned_data
        run, by = runs[told["run"]], request.acting
        correct_dispute(
            dispute=row, run=run, corrected=told["corrected"], key=told["key"], by=by, at=moment()
        )
        return f"{row.reference} is closed: {run.reference} has the corrected figures."

    waits = (
        "" if runs else " No run has landed for the period since it was determined: compute it anew first."
    )
    act = Act(
        title="Correct",
        says=f"Name the run of {row.period} that landed since it was determined.{waits}",
        button="Close it as corrected",
        form=form,
        facts=facts_of(request.acting, row),
        act="t",
        do=done,
    )
    return answered(request, row, act)

"""What the office does with an application: each act asked for on a page of its own."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tallystick.assessments.techniques.forms import MOVES, ItemsForm, MoveForm
from tallystick.assessments.techniques.operations.applying import (
    cancel_application,
    close_application,
    report_application,
    start_application,
)
from tallystick.assessments.techniques.operations.testing import list_items
from tallystick.assessments.techniques.views.asked import REFUSALS, about, found
from tallystick.decisions.views.asked import moment
from tallystick.parties.policy.decision import facts_of
from tallystick.parties.request import BOTH, Request
from tallystick.processes.queries import process_of
from tallystick.processes.views.asked import Act, answered, posted

ACTS = {
    "start": start_application,
    "report": report_application,
    "close": close_application,
    "cancel": cancel_application,
}
SAYS = {
    "start": "Each party is served its part and reads of it from now on. Its time to answer begins today.",
    "report": "Whoever may read the application reads it. It is told once, and stays.",
    "close": "It is over then. Say what it changed as far as that is known.",
    "cancel": "It is over then. What was served and answered stays to be read.",
}
DONE = {
    "start": "It is under way, and its parties are served.",
    "report": "Its result is told.",
    "close": "It is closed.",
    "cancel": "It is cancelled.",
}


@require_http_methods(BOTH)
def take_step(request: Request, code: str, reference: str, move: str) -> HttpResponse:
    """Take a step of an application.

    :raises Http404: if there is no such step
    """
    row = found(request, reference)
    if move not in MOVES:
        raise Http404
    form = MoveForm(posted(request), move=move, planned=row.cost)

    def do() -> str:
        ACTS[move](application=row, **form.said, by=request.acting, at=moment())  # type: ignore[operator]  # each asks its own words
        return DONE[move]

    title = process_of(row.course).moves[move].title
    asked = facts_of(request.acting, row)
    made = Act(title=title, says=SAYS[move], button=title, form=form, facts=asked, act="t", do=do)
    return answered(request, about(row), made, REFUSALS)


@require_http_methods(BOTH)
def items(request: Request, code: str, reference: str) -> HttpResponse:
    """List what an application tests, before it starts."""
    row = found(request, reference)
    form = ItemsForm(posted(request))

    def do() -> str:
        key = form.cleaned_data["key"]
        made = list_items(application=row, items=form.listed, key=key, by=request.acting, at=moment())
        return f"{len(made)} items are listed."

    says = "Each party is tested by them once it starts. A part passes when all required items have."
    asked = facts_of(request.acting, row)
    made = Act(title="List items", says=says, button="List them", form=form, facts=asked, act="u", do=do)
    return answered(request, about(row), made, REFUSALS)

"""The door by which the kind of cause of a case is named."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tallystick.cases.causes import causes_to_choose
from tallystick.cases.forms import CauseForm
from tallystick.cases.operations.causes import name_cause
from tallystick.cases.views.asked import Act, answered, facts_as, found, posted
from tallystick.decisions.views.asked import moment
from tallystick.parties.models import Role
from tallystick.parties.request import BOTH, Request


@require_http_methods(BOTH)
def cause(request: Request, code: str, reference: str) -> HttpResponse:
    """Say what kind of cause a case has.

    :raises Http404: if whoever is acting is not of the office, or the code lists no kinds of cause
    """
    known = causes_to_choose(code, request.acting.day)
    if request.acting.name not in Role.OFFICE or not known:
        raise Http404
    case = found(request, reference)
    form = CauseForm(posted(request), causes=known, initial={"cause": case.cause})

    def do() -> str:
        name_cause(case=case, cause=form.cleaned_data["cause"], by=request.acting, at=moment())
        return f"The cause of {case.reference} is named: {dict(known)[form.cleaned_data['cause']]}."

    return answered(
        request,
        case,
        Act(
            title="Name the cause",
            says="By it cases are counted together; what was only reported badly is kept apart from harm.",
            button="Name the cause",
            form=form,
            facts=facts_as(request, case),
            act="u",
            do=do,
            icon="flag",
        ),
    )

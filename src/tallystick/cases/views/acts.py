"""The doors of steps on a case: lines are shared, notice is given, and what else the rule lets follow."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from tallystick.cases import queries
from tallystick.cases.decided import undone
from tallystick.cases.forms import LeadsForm, SentForm, ShareForm
from tallystick.cases.matter import Matter
from tallystick.cases.models import Case
from tallystick.cases.operations.closing import close_case, satisfy_auditor, verify_case, withdraw_case
from tallystick.cases.operations.ladder import ELSEWHERE, take_ladder_step
from tallystick.cases.operations.opening import add_finding, name_leads
from tallystick.cases.operations.sharing import share_lines
from tallystick.cases.operations.talking import give_notice
from tallystick.cases.views.asked import REFUSALS, Act, answered, facts_as, found, handed, posted, to_share
from tallystick.decisions.views.asked import is_let, moment
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role, in_force
from tallystick.parties.policy.decision import may
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.request import BOTH, Request
from tallystick.processes.engine import Offer
from tallystick.processes.forms import StepForm
from tallystick.processes.queries import process_of

OF_A_BODY = "Offers what a body decided; each is asked of the policy before it is shown."


@require_http_methods(BOTH)
def share(request: Request, code: str, reference: str) -> HttpResponse:
    """Share the lines of findings with the party."""
    case = of_office(request, reference)
    there = {one.handle: one for one in to_share(request, case)}
    offered = [
        (key, f"{one.finding.reference}, {one.finding.period}: {one.exceptions} lines")
        for key, one in there.items()
    ]
    form = ShareForm(posted(request), offered=offered, initial={"versions": list(there)})

    def do() -> str:
        told = form.cleaned_data
        versions = [there[one] for one in told["versions"]]
        share_lines(case=case, versions=versions, key=told["key"], by=request.acting, at=moment())
        return f"{case.party.name} can see the lines from now on."

    return answered(
        request,
        case,
        Act(
            title="Share the lines",
            says=f"{case.party.name} learns of the case by it. What was shared stays shared.",
            button="Share the lines",
            form=form,
            facts=facts_as(request, case),
            act="t",
            do=do,
            icon="files",
        ),
    )


@require_http_methods(BOTH)
def notice(request: Request, code: str, reference: str) -> HttpResponse:
    """Put a case to the party, whose right of reply begins."""
    case = of_office(request, reference)
    form = SentForm(
        posted(request),
        handed(request),
        label="The notice",
        help_text="Say what was found, and what you ask to hear about it.",
    )

    def do() -> str:
        told = form.cleaned_data
        give_notice(
            case=case,
            text=told["text"],
            key=told["key"],
            files=form.handed,
            by=request.acting,
            at=moment(),
        )
        return f"Notice is given. The right of reply of {case.party.name} runs from now on."

    clock = process_of(case.course).clocks["right_of_reply"]
    return answered(
        request,
        case,
        Act(
            title="Give notice",
            says=f"{case.party.name} reads the case from now on, and a clock begins: {clock.title}.",
            button="Give notice",
            form=form,
            facts=facts_as(request, case),
            act="t",
            do=do,
            icon="message",
        ),
    )


@require_http_methods(BOTH)
def step(request: Request, code: str, reference: str, move: str) -> HttpResponse:
    """Take one of the next lawful steps, saying what its rule asks.

    :raises Http404: if it is none of those that whoever is acting may take, now or later
    """
    case = found(request, reference)
    matter = Matter(case)
    now, later = queries.offers_for(request.acting, case, matter=matter)
    offer = next((one for one in (*now, *later) if one.move == move), None)
    rule = process_of(case.course).moves.get(move)
    if move in ELSEWHERE or rule is None or (offer is None and request.method != "POST"):
        raise Http404
    offer = offer or Offer(move, rule.title, rule.asks, bool(rule.skips), body=rule.body)
    form = StepForm(
        posted(request), offer=offer, decided=decided_for(request.acting, case, offer.body, matter)
    )

    def do() -> str:
        _take(case, form, request.acting)
        return f"Done: {rule.title}."

    return answered(
        request,
        case,
        Act(
            title=rule.title,
            says=_says(case, move, offer),
            button=rule.title,
            form=form,
            facts=facts_as(request, case),
            act="t",
            do=do,
            icon="arrow-right",
        ),
    )


@require_http_methods(BOTH)
def leads(request: Request, code: str, reference: str) -> HttpResponse:
    """Say who leads a case in the office and at the party."""
    case = found(request, reference)
    form = LeadsForm(
        posted(request),
        office=_people(request.acting, role__in=Role.OFFICE),
        delegates=_people(request.acting, role=Role.PARTY_DELEGATE, organisation=case.party),
        initial={
            "lead": case.lead.handle,
            "party_lead": case.party_lead.handle if case.party_lead else "",
        },
    )

    def do() -> str:
        lead, party_lead = form.leads
        name_leads(case=case, lead=lead, party_lead=party_lead, by=request.acting, at=moment())
        return f"{lead.name} leads {case.reference}."

    return answered(
        request,
        case,
        Act(
            title="Name the leads",
            says="Both sides read who leads the case.",
            button="Name them",
            form=form,
            facts=facts_as(request, case),
            act="u",
            do=do,
            icon="user",
        ),
    )


@require_POST
def add(request: Request, code: str, reference: str) -> HttpResponse:
    """Let a case rest on another finding of the same party and area.

    :raises Http404: if there is no such finding
    """
    case = found(request, reference)
    asked = request.POST.get("finding", "")
    rows = [row for one in queries.proposals(request.acting) for row in one.findings]
    finding = next((row for row in rows if row.reference == asked), None)
    if finding is None:
        raise Http404
    if is_let(request, "u", facts_as(request, case)):
        try:
            add_finding(case=case, finding=finding, by=request.acting, at=moment())
        except REFUSALS as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{case.reference} rests on {finding.reference} too.")
    return redirect("case", code, reference)


@require_POST
def satisfied(request: Request, code: str, reference: str) -> HttpResponse:
    """Say, as the auditor, that a case born in an audit may close.

    :raises PermissionDenied: if somebody else says so
    """
    case = found(request, reference)
    if request.acting.name != Role.AUDITOR:
        raise PermissionDenied
    try:
        satisfy_auditor(case=case, by=request.acting, at=moment())
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"It is recorded that you are satisfied with {case.reference}.")
    return redirect("case", code, reference)


def of_office(request: Request, reference: str) -> Case:
    """Return a case to somebody of the office.

    :raises Http404: if whoever is acting is not of it, or may not see the case
    """
    if request.acting.name not in Role.OFFICE:
        raise Http404
    return found(request, reference)


def decided_for(
    acting: Acting, case: Case, body: str | None, matter: Matter | None = None
) -> list[tuple[str, str]]:
    """Return what a body decided that waits to be carried out on a case, as far as somebody may read it.

    :param matter: the rows of the case, where they are read already
    """
    if body is None:
        return []
    with unscoped(OF_A_BODY):
        found_ones = undone(case, body, matter)
        return [
            (one.reference, f"{one.reference}: {one.title}") for one in found_ones if may(acting, "r", one)
        ]


def _take(case: Case, form: StepForm, by: Acting) -> None:
    taken, decision = form.taken, form.cleaned_data.get("decision", "")
    own: Mapping[str, Callable[[], object]] = {
        "verify": lambda: verify_case(case=case, key=taken.key, by=by, at=moment()),
        "close": lambda: close_case(
            case=case, effect=taken.said["effect"], key=taken.key, by=by, at=moment()
        ),
        "withdraw": lambda: withdraw_case(case=case, key=taken.key, by=by, at=moment()),
    }
    other: Callable[[], object] = lambda: take_ladder_step(  # noqa: E731 - one of four ways to do it
        case=case, taken=taken, by=by, at=moment(), decision=decision
    )
    own.get(taken.move, other)()


def _says(case: Case, move: str, offer: Offer) -> str:
    """Return what a step does, in words: where it leads, what it skips, which clocks it starts."""
    value = process_of(case.course)
    rule = value.moves[move]
    said = [f"The case goes on to “{value.stage(rule.to).title}”."]
    if rule.skips:
        said.append(f"It skips {', '.join(f'“{value.stage(one).title}”' for one in rule.skips)}.")
    if rule.starts:
        said.append(f"It starts {', '.join(f'“{value.clocks[one].title}”' for one in rule.starts)}.")
    if offer.opens_once:
        said.append(f"It opens once {', and '.join(offer.opens_once)}.")
    return " ".join(said)


def _people(acting: Acting, **of: object) -> list[Person]:
    roles = Role.objects.filter(in_force(acting.day), code=acting.code, **of)
    return list(Person.objects.filter(pk__in=roles.values("person")).order_by("name", "pk"))

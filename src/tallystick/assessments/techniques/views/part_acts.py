"""What is done with the part of a party: it is answered, tested, certified, sampled and concluded."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tallystick.assessments.models import Item, Part
from tallystick.assessments.sampling.sampled import drawn_of
from tallystick.assessments.sampling.sampled import outcomes_of as found_of
from tallystick.assessments.techniques.facts import technique_of
from tallystick.assessments.techniques.forms import (
    AnswerForm,
    CertificateForm,
    CorrectionForm,
    OutcomeForm,
    ResultsForm,
)
from tallystick.assessments.techniques.operations.answering import answer_part, conclude_part
from tallystick.assessments.techniques.operations.correcting import correct_outcome
from tallystick.assessments.techniques.operations.sampling import draw_sample, tally_sample
from tallystick.assessments.techniques.operations.testing import record_certificate, record_items
from tallystick.assessments.techniques.outcomes import outcomes_of
from tallystick.assessments.techniques.sample_forms import MOST_AT_ONCE, FoundForm, SampleForm, TotalsForm
from tallystick.assessments.techniques.views.asked import REFUSALS, about_part, found_part
from tallystick.assessments.techniques.views.parts import sample_of
from tallystick.decisions.views.asked import moment
from tallystick.parties.policy.decision import facts_of
from tallystick.parties.request import BOTH, Request
from tallystick.processes.views.asked import Act, answered, handed, posted


@require_http_methods(BOTH)
def answer(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Answer a part: its party, or the office for what came on paper."""
    row = found_part(request, reference, party)
    kind = technique_of(row.application).form
    form = AnswerForm(posted(request), form=kind)

    def do() -> str:
        answer_part(part=row, **form.cleaned_data, by=request.acting, at=moment())
        return "It is acknowledged." if kind == "guidance" else "It is answered."

    word = "Acknowledge it" if kind == "guidance" else "Answer"
    says = "The office reads it and no other party does. It is given once, and stays."
    return _answered(request, row, (word, says, word, "u"), form, do)


@require_http_methods(BOTH)
def conclude(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Say what came of a part."""
    row = found_part(request, reference, party)
    form = OutcomeForm(posted(request), outcomes=outcomes_of(technique_of(row.application).form))

    def do() -> str:
        conclude_part(part=row, told=form.told, by=request.acting, at=moment())
        return "It is recorded."

    says = "The party reads it. It stays on record, and can be said otherwise until it is reported."
    return _answered(request, row, ("Record the outcome", says, "Record it", "t"), form, do)


@require_http_methods(BOTH)
def correct(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Say otherwise what came of a part.

    :raises Http404: if nothing came of it
    """
    row = found_part(request, reference, party)
    if not row.outcome:
        raise Http404
    words = outcomes_of(technique_of(row.application).form)
    form = CorrectionForm(posted(request), outcomes=words)

    def do() -> str:
        correct_outcome(part=row, corrected=form.corrected, by=request.acting, at=moment())
        return "It is said otherwise."

    stands = words.get(row.stands, row.stands).lower()
    says = f"It stands as: {stands}. That stays on record, and the party reads both and why."
    return _answered(request, row, ("Say it otherwise", says, "Say it otherwise", "t"), form, do)


@require_http_methods(BOTH)
def results(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Record how items went for a party."""
    row = found_part(request, reference, party)
    items = Item.objects.visible_to(request.acting).filter(application=row.application).order_by("number")
    form = ResultsForm(posted(request), items=items)

    def do() -> str:
        told = {"outcomes": form.outcomes, "note": form.cleaned_data["note"], "key": form.cleaned_data["key"]}
        made = record_items(part=row, **told, by=request.acting, at=moment())
        return f"{len(made)} items are recorded."

    says = "The latest run of an item counts; those before stay to be read."
    return _answered(request, row, ("Record items", says, "Record them", "t"), form, do)


@require_http_methods(BOTH)
def certificate(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Record a certificate of devices of a party."""
    row = found_part(request, reference, party)
    form = CertificateForm(posted(request))

    def do() -> str:
        made = record_certificate(part=row, certified=form.certified, by=request.acting, at=moment())
        return f"{made.reference} is recorded."

    says = "The party reads it. Its last day is shown from three months before on."
    return _answered(request, row, ("Record a certificate", says, "Record it", "t"), form, do)


@require_http_methods(BOTH)
def draw(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Draw the sample of a part, once."""
    row = found_part(request, reference, party)
    form = SampleForm(posted(request), handed(request))

    def do() -> str:
        made = draw_sample(part=row, asked=form.asked, by=request.acting, at=moment())
        return f"{sum(made.taken.values()):,} of {made.size:,} are to be looked at."

    says = "Confidence and the tolerable share decide how many. Anybody draws the same from the same list."
    return _answered(request, row, ("Draw the sample", says, "Draw it", "t"), form, do)


@require_http_methods(BOTH)
def found_in(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Record how those that were drawn were found; those that wait first, so many at a time.

    :raises Http404: if nothing was drawn
    """
    row = found_part(request, reference, party)
    sample, tallies = sample_of(request.acting, row)
    places = dict(enumerate(drawn_of(sample), start=1)) if sample is not None else {}
    if not places:
        raise Http404
    known = found_of(tallies)
    names = [name for _, name in places.values()]
    found = {places[one][1]: way for one, way in known.items() if one in places}
    # What somebody was shown is told from what they sent: others may have recorded some of it meanwhile.
    shown = [one for one in names if f"found_{one}" in request.POST]
    first = shown or sorted(names, key=lambda one: one in found)[:MOST_AT_ONCE]
    form = FoundForm(posted(request), names=first, found=found)

    def do() -> str:
        made = tally_sample(part=row, seen=form.seen, by=request.acting, at=moment())
        return f"{len(made.outcomes)} are recorded."

    says = "Those that wait stand first. What is told again counts instead of what was told before."
    return _answered(request, row, ("Record what was found", says, "Record it", "t"), form, do)


@require_http_methods(BOTH)
def totals(request: Request, code: str, reference: str, party: str) -> HttpResponse:
    """Record totals of each stratum.

    :raises Http404: if no sample was drawn
    """
    row = found_part(request, reference, party)
    sample, _ = sample_of(request.acting, row)
    if sample is None:
        raise Http404
    form = TotalsForm(posted(request), sample=sample)

    def do() -> str:
        tally_sample(part=row, seen=form.seen, by=request.acting, at=moment())
        return "The totals are recorded."

    says = "They are kept as told. Where they do not add up the page says so, and nothing is concluded."
    return _answered(request, row, ("Record totals", says, "Record them", "t"), form, do)


def _answered(
    request: Request, row: Part, said: tuple[str, str, str, str], form: Any, do: Callable[[], str]
) -> HttpResponse:
    """Show or do an act on a part.

    :param said: the title, what the page says, the word on the button, and the act that rights are asked for
    """
    title, says, button, act = said
    asked = facts_of(request.acting, row)
    made = Act(title=title, says=says, button=button, form=form, facts=asked, act=act, do=do)
    return answered(request, about_part(row), made, REFUSALS)

"""The register of questionnaires, the page of one, and what the office does with it."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.assessments.models import Application, Part, Questionnaire
from tallystick.assessments.questionnaires import seen as found
from tallystick.assessments.questionnaires.forms import DesignForm
from tallystick.assessments.questionnaires.operations.designing import (
    design_questionnaire,
    issue_questionnaire,
    reword_questions,
)
from tallystick.assessments.questionnaires.operations.reminding import remind as remind_parties
from tallystick.assessments.questionnaires.views.asked import REFUSALS, about, found_questionnaire
from tallystick.assessments.techniques.facts import UNDER_WAY
from tallystick.assessments.techniques.stages import stages
from tallystick.decisions.forms import Kept
from tallystick.decisions.views.asked import moment
from tallystick.parties.models import Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts_of, is_granted
from tallystick.parties.readings import note, strictest
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import due_chip
from tallystick.processes.views.asked import FIELDS, Act, answered, posted

QUESTIONS = "assessments/_questions.html"


@require_safe
def register(request: Request, code: str) -> HttpResponse:
    """Show the questionnaires that somebody may see, and to the office those that are to be designed."""
    with one_page():
        acting = request.acting
        rows = found.questionnaires_of(acting)
        stands = stages([one.application.course for one in rows], acting.day)
        own = found.own_parts(acting, rows)
        is_office = acting.name in Role.OFFICE
        note(request, Part.TYPE, own.values(), timezone.now())
        calendar = rulebook_of(code).calendar()
        told = [
            {
                "row": one,
                "stands": stands[one.application.course_id],
                "due": due_chip(stands[one.application.course_id].due_on, acting.day, calendar),
                "part": own.get(one.application_id),
            }
            for one in rows
        ]
        shown = {
            "code": code,
            "rows": told,
            "is_office": is_office,
            "is_party": acting.organisation is not None,
            "to_design": found.to_design(acting) if is_office else [],
            "under_way": UNDER_WAY,
        }
        return render(request, "assessments/questionnaires.html", shown)


@require_safe
def questionnaire(request: Request, code: str, reference: str) -> HttpResponse:
    """Show what is asked, of whom, and who has answered, as far as somebody may see it."""
    with one_page():
        row, acting = found_questionnaire(request, reference), request.acting
        stands = stages([row.application.course], acting.day)[row.application.course_id]
        versions = found.versions_of(acting, row)
        parts = found.asked(acting, row)
        note(request, Part.TYPE, [row, *(one.part for one in parts)], timezone.now())
        own = next((one for one in parts if one.part.party == acting.organisation), None)
        shown: dict[str, Any] = {
            "code": code,
            "known_risks": (),  # a page of many reads
            "q": row,
            "t": row.application,
            "stands": stands,
            "due": due_chip(stands.due_on, acting.day, rulebook_of(code).calendar()),
            "is_asking": row.issued_at is not None and stands.stage == UNDER_WAY,
            "versions": versions,
            "questions": found.asked_in(versions[0]) if versions else (),
            "parts": parts,
            "answered": sum(one.last is not None for one in parts),
            "own": own,
            "sent": found.responses_of(acting, own.part) if own else [],
            "told": found.shown,
            "categories": rulebook_of(code).code.categories,
            "is_office": acting.name in Role.OFFICE,
            "sees_parts": found.is_told_all(acting),
            "see_history": is_granted(acting, "history", "r"),
            **_class(request, row, parts),
        }
        return render(request, "assessments/questionnaire.html", shown)


def _class(request: Request, row: Questionnaire, parts: list[found.Asked]) -> dict[str, str]:
    cls = strictest([row, *(one.part for one in parts)])
    handling = rulebook_of(row.code).handling.sentence(cls, request.acting.day)
    return {"cls": cls, "handling": handling.says}


@require_http_methods(BOTH)
def design(request: Request, code: str, reference: str) -> HttpResponse:
    """Design the questionnaire of an application that is planned.

    :raises Http404: if there is none that waits for one
    """
    row = next((one for one in found.to_design(request.acting) if one.reference == reference), None)
    there = found.questionnaire(request.acting, reference)
    if row is None and (there is None or request.method != "POST"):
        raise Http404
    application: Application = row or there.application  # type: ignore[union-attr]  # one of the two is there
    form = DesignForm(posted(request))

    def do() -> str:
        design_questionnaire(application=application, designed=form.designed, by=request.acting, at=moment())
        return "It is designed, and the office's until it is issued."

    made = Act(
        title="Design a questionnaire",
        says="Parties see it once it is issued. Save to get room for more questions.",
        button="Save it",
        form=form,
        facts=facts_of(request.acting, application),
        act="c",
        do=do,
        part=QUESTIONS,
    )
    return answered(request, about(application, there), made, REFUSALS)


@require_http_methods(BOTH)
def reword(request: Request, code: str, reference: str) -> HttpResponse:
    """Word the questions otherwise.

    :raises Http404: if there are none to be seen
    """
    row = found_questionnaire(request, reference)
    versions = found.versions_of(request.acting, row)
    if not versions:
        raise Http404
    questions, intro = found.asked_in(versions[0]), versions[0].intro
    form = DesignForm(posted(request), is_again=True, questions=questions, intro=intro)

    def do() -> str:
        made = reword_questions(questionnaire=row, designed=form.designed, by=request.acting, at=moment())
        return f"Version {made.number} stands."

    says = "The versions before stay to be read. Save to get room for more questions."
    told = ("Word the questions otherwise", says, "Save them", "u")
    return _acted(request, row, told, (form, do, QUESTIONS))


@require_http_methods(BOTH)
def issue(request: Request, code: str, reference: str) -> HttpResponse:
    """Issue the questionnaire."""
    row = found_questionnaire(request, reference)
    form = Kept(posted(request))

    def do() -> str:
        key = form.cleaned_data["key"]
        issue_questionnaire(questionnaire=row, key=key, by=request.acting, at=moment())
        return "It is issued, and its parties are asked."

    says = "Each party in scope is served its part. The questions stay as they are from then on."
    told = ("Issue it", says, "Issue it", "t")
    return _acted(request, row, told, (form, do, FIELDS))


@require_http_methods(BOTH)
def remind(request: Request, code: str, reference: str) -> HttpResponse:
    """Remind every party that has not answered."""
    row = found_questionnaire(request, reference)
    form = Kept(posted(request))

    def do() -> str:
        key = form.cleaned_data["key"]
        made = remind_parties(questionnaire=row, key=key, by=request.acting, at=moment())
        return f"{len(made)} of the parties are reminded."

    says = "Each party that has not answered finds it on its home. The clock reminds by itself besides."
    told = ("Remind who has not answered", says, "Remind them", "u")
    return _acted(request, row, told, (form, do, FIELDS))


def _acted(
    request: Request,
    row: Questionnaire,
    said: tuple[str, str, str, str],
    doing: tuple[Any, Callable[[], str], str],
) -> HttpResponse:
    """Show or do an act on a questionnaire.

    :param said: the title, what the page says, the word on the button, and the act that rights are asked for
    :param doing: the form, what is done with it, and the template of its fields
    """
    (title, says, button, act), (form, do, part) = said, doing
    asked = facts_of(request.acting, row)
    made = Act(title, says, button, form, asked, act, do, part=part)
    return answered(request, about(row.application, row), made, REFUSALS)

"""A party answers a questionnaire; and what the answers say together, on a page and as a file."""

import csv
import io
from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.assessments.models import Part, Questionnaire
from tallystick.assessments.questionnaires import seen as found
from tallystick.assessments.questionnaires.analysed import Analysed
from tallystick.assessments.questionnaires.forms import AnswerForm, prefilled
from tallystick.assessments.questionnaires.operations.responding import save_response, send_response
from tallystick.assessments.questionnaires.questions import Question
from tallystick.assessments.questionnaires.views.asked import REFUSALS, found_questionnaire
from tallystick.decisions.views.asked import CONFLICT, as_file, is_let, moment
from tallystick.month.export import safe_cell
from tallystick.parties.models import Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import facts_of, needs_factor
from tallystick.parties.readings import note
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.views.asked import INCOMPLETE, posted

COLUMNS = ("question", "kind", "party", "category", "answer", "count", "of", "percent")
WITHHELD = "withheld"


@require_http_methods(BOTH)
def answer(request: Request, code: str, reference: str, slug: str) -> HttpResponse:
    """Show the questions as a party answers them; save what is filled in, or send it.

    :raises Http404: if the part is not theirs to see, or nothing is issued
    """
    row = found_questionnaire(request, reference)
    part = found.part_of(request.acting, row, slug)
    versions = found.versions_of(request.acting, row)
    if part is None or row.issued_at is None or not versions:
        raise Http404
    note(request, Part.TYPE, [part], timezone.now())
    questions = found.asked_in(versions[0])
    sent, draft = found.responses_of(request.acting, part), found.draft_of(request.acting, part)
    latest = draft if draft is not None and (draft.picked or draft.words) else next(iter(sent), None)
    saving = request.POST.get("do") == "save"
    form = AnswerForm(
        posted(request),
        questions=questions,
        is_draft=saving,
        is_again=bool(sent),
        initial=prefilled(questions, latest.picked, latest.words) if latest else {},
    )
    status = _done(request, part, form, saving=saving) if request.method == "POST" else 200
    if status is None:
        return redirect("questionnaire", code, reference)
    shown = {
        "code": code,
        "q": row,
        "t": row.application,
        "part": part,
        "intro": versions[0].intro,
        "form": form,
        "sent": sent,
        "draft": draft if latest is draft else None,
        "may_save": request.acting.name not in Role.OFFICE,
        "wants_factor": needs_factor(request.acting, "u", facts_of(request.acting, part), now=timezone.now()),
        "handling": rulebook_of(code).handling.sentence(part.classification, request.acting.day).says,
        "here": request.path,
    }
    return render(request, "assessments/answer.html", shown, status=status)


def _done(request: Request, part: Part, form: AnswerForm, *, saving: bool) -> int | None:
    """Save or send what was filled in; return with which status it is shown again, None where it is done."""
    if not form.is_valid() or not is_let(request, "u", facts_of(request.acting, part)):
        return INCOMPLETE
    try:
        if saving:
            save_response(part=part, filled=form.filled, by=request.acting, at=moment())
        else:
            send_response(part=part, filled=form.filled, by=request.acting, at=moment())
    except REFUSALS as refusal:
        form.add_error(None, str(refusal))
        return CONFLICT
    told = "It is saved, and nobody else reads it until it is sent." if saving else "The answers are sent."
    messages.success(request, told)
    return None


@require_safe
def analysis(request: Request, code: str, reference: str) -> HttpResponse:
    """Show what the answers say together.

    :raises Http404: if nothing was issued
    """
    with one_page():
        row, told, questions = _analysed(request, reference)
        rulebook = rulebook_of(code)
        shown = {
            "code": code,
            "q": row,
            "t": row.application,
            "told": told,
            "questions": questions,
            "categories": rulebook.code.categories,
            "least": found.fewest_of(request.acting),
            "cls": "amber" if told.is_whole else row.classification,
            "handling": rulebook.handling.sentence(
                "amber" if told.is_whole else row.classification, request.acting.day
            ).says,
        }
        return render(request, "assessments/analysis.html", shown)


@require_safe
def as_csv(request: Request, code: str, reference: str) -> HttpResponse:
    """Give the analysis as a file; to the office with what each party answered.

    :raises Http404: if nothing was issued
    """
    row, told, questions = _analysed(request, reference)
    written = io.StringIO()
    lines = [[safe_cell(cell) for cell in line] for line in (*_counts(told), *_answers(told, questions))]
    csv.writer(written, lineterminator="\r\n").writerows([COLUMNS, *lines])
    name = f"answers-{row.application.reference}-{code}.csv"
    return as_file(written.getvalue(), "text/csv; charset=utf-8", name)


def _analysed(request: Request, reference: str) -> tuple[Questionnaire, found.Analysis, tuple[Question, ...]]:
    row = found_questionnaire(request, reference)
    versions = found.versions_of(request.acting, row)
    if row.issued_at is None or not versions:
        raise Http404
    questions = found.asked_in(versions[0])
    told = found.analysis(request.acting, row, questions)
    if told.is_whole:
        note(request, Part.TYPE, told.parts, timezone.now())
    return row, told, questions


def _counts(told: found.Analysis) -> Iterator[list[str]]:
    for row in (*told.categories, told.whole):
        share = row.share
        counted = (
            [str(share.count), str(row.asked), str(share.percent)]
            if share
            else [WITHHELD, str(row.asked), ""]
        )
        yield ["Who answered", "", "", row.category or "all", "answered", *counted]
    for one in told.questions:
        yield from _of_question(one)


def _of_question(one: Analysed) -> Iterator[list[str]]:
    ask, kind = one.question.ask, one.question.kind
    if one.is_withheld:
        yield [ask, kind, "", "", "", WITHHELD, "", ""]
        return
    yield [
        ask,
        kind,
        "",
        "",
        "answered",
        str(one.answered.count),
        str(one.answered.of),
        str(one.answered.percent or ""),
    ]
    for share in one.shares:
        yield [ask, kind, "", "", share.label, str(share.count), str(share.of), str(share.percent or "")]
    if one.spread is not None:
        for name in ("least", "middle", "most"):
            yield [ask, kind, "", "", f"{name} {getattr(one.spread, name)}", "", "", ""]


def _answers(told: found.Analysis, questions: tuple[Question, ...]) -> Iterator[list[str]]:
    for one in told.sent:
        for question in questions:
            said = found.shown(question, one.picked, one.words)
            if said:
                yield [question.ask, question.kind, one.party, one.category, said, "", "", ""]

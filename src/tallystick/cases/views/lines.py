"""The lines that were shared with a party, and the reply to the notice that answers them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.cases import queries
from tallystick.cases.forms import ReplyForm
from tallystick.cases.listed import standing
from tallystick.cases.models import Case, LineAnswer, SharedLines
from tallystick.cases.operations.entries import is_of_party
from tallystick.cases.operations.talking import reply as replied
from tallystick.cases.views.asked import Act, answered, banner, facts_as, handed, posted
from tallystick.decisions.views.asked import moment
from tallystick.parties.acting import Acting
from tallystick.parties.once import one_page
from tallystick.parties.readings import note
from tallystick.parties.request import BOTH, Request
from tallystick.processes.queries import process_of
from tallystick.runs.models import LineList

A_PAGE = 100
NOTICE = "notice"


@dataclass(frozen=True)
class Line:
    """One line that was shared: of which finding, and what the party says of it."""

    key: str
    day: str
    why: str
    finding: str
    answer: LineAnswer | None

    @property
    def said(self) -> str:
        return self.answer.answer if self.answer else ""


@require_safe
def lines(request: Request, code: str, reference: str) -> HttpResponse:
    """Show the lines that were shared, and which of them the party accepts."""
    with one_page():
        case, acting = _standing(request, reference), request.acting
        shared = queries.shared(acting, case)
        note(request, Case.TYPE, [case], timezone.now())
        every = lines_shared(acting, shared, queries.answers(acting, case))
        chosen = request.GET.get("answer", "")[:10]
        rows = [one for one in every if not chosen or one.said == chosen.removeprefix("none")]
        shown = {
            "code": code,
            "c": case,
            "handling": banner(case),
            "shared": shared,
            "counts": Counter(one.said for one in every),
            "total": len(every),
            "chosen": chosen,
            "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
            "query": f"?answer={chosen}" if chosen in ("accepted", "disputed", "none") else "",
            "may_reply": _may_reply(acting, case),
        }
        return render(request, "cases/lines.html", shown)


@require_http_methods(BOTH)
def reply(request: Request, code: str, reference: str) -> HttpResponse:
    """Reply to the notice for the party, and answer the lines.

    :raises Http404: if whoever is acting is not of the party
    """
    case, acting = _standing(request, reference), request.acting
    if not _may_reply(acting, case) and request.method != "POST":
        raise Http404
    every = lines_shared(acting, queries.shared(acting, case), {})
    rule = process_of(case.course).moves["reply"]
    keys = list(dict.fromkeys(one.key for one in every))
    form = ReplyForm(posted(request), handed(request), asks=rule.asks, lines=keys)

    def do() -> str:
        replied(case=case, said=form.reply, by=acting, at=moment())
        return "Your reply is in. The office reads it, and it stays as it is."

    return answered(
        request,
        case,
        Act(
            title="Reply to the notice",
            says="You reply once. Say what you accept and what you dispute: each line has its own answer.",
            button="Reply",
            form=form,
            facts=facts_as(request, case, "case_message"),
            act="c",
            do=do,
            icon="message-reply",
            part="cases/_reply.html",
            shows={"by_key": {one.key: one for one in every}},
        ),
    )


def _standing(request: Request, reference: str) -> Any:
    """Return a case with the stage it stands in, as that is written down.

    :raises Http404: if there is none that whoever is acting may see
    """
    one = standing(queries.cases_of(request.acting)).filter(reference=reference).first()
    if one is None:
        raise Http404
    return one


def _may_reply(acting: Acting, case: Any) -> bool:
    return is_of_party(acting, case) and case.stage == NOTICE and not case.is_held


def lines_shared(
    acting: Acting, shared: Sequence[SharedLines], answers: Mapping[str, LineAnswer]
) -> list[Line]:
    """Return the lines of what was shared, those of the first finding first."""
    lists = LineList.objects.visible_to(acting).filter(version__in=[one.version_id for one in shared])
    by_version = dict(lists.values_list("version", "lines"))
    return [
        Line(told["key"], told["day"], told["why"], one.version.finding.reference, answers.get(told["key"]))
        for one in shared
        for told in by_version.get(one.version_id, ())
    ]

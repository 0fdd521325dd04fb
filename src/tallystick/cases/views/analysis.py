"""The doors of what many cases tell together, and of the cases behind each number."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tallystick.cases import queries
from tallystick.cases.analysed import analysis_of
from tallystick.cases.analysis import BANDS, SANCTIONS, sanctioned_in_all
from tallystick.cases.analysis_shown import behind, grouped, saved_as
from tallystick.cases.listed import listed, standing
from tallystick.cases.models import Case
from tallystick.decisions.saved import KINDS
from tallystick.decisions.views.asked import as_file
from tallystick.parties.once import one_page
from tallystick.parties.readings import note
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of

HTML = "html"


@require_safe
def analysis(request: Request, code: str, form: str = HTML) -> HttpResponse:
    """Tell what the cases that whoever is acting may see tell together; or give it as a file."""
    with one_page():
        told = analysis_of(request.acting)
        note(request, Case.TYPE, told.cases.values(), timezone.now())
        if form != HTML:
            return as_file(saved_as(form, told), KINDS[form], f"{code}-case-analysis.{form}")
        causes, rulebook = rulebook_of(code).code.causes, rulebook_of(code)
        known = causes.on_day(request.acting.day) if causes else None
        shown: dict[str, Any] = {
            "code": code,
            "told": told,
            "bands": [(key, words) for key, words, *_ in BANDS],
            "behind": {key: len(one.references) for key, one in behind(told).items()},
            "sanctions": sanctioned_in_all(told.sanctioned),
            "groups": grouped(told),
            "areas": rulebook.code.areas,
            "is_assumed": known is not None and not known.verified,
            "stages_that_sanction": [one.replace("_", " ") for one in SANCTIONS],
        }
        return render(request, "cases/analysis.html", shown)


@require_safe
def behind_number(request: Request, code: str) -> HttpResponse:
    """List the cases behind one number of the analysis, which `?of=` names.

    :raises Http404: if there is no such number
    """
    with one_page():
        asked = behind(analysis_of(request.acting)).get(request.GET.get("of", "")[:90])
        if asked is None:
            raise Http404
        seen = standing(queries.cases_of(request.acting).filter(reference__in=asked.references))
        rows = listed(list(seen), request.acting.day)
        note(request, Case.TYPE, [one.case for one in rows], timezone.now())
        return render(
            request, "cases/analysed_cases.html", {"code": code, "title": asked.title, "rows": rows}
        )

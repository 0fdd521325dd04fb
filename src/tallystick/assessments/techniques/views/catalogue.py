"""The catalogue of techniques by class, one technique, and the form by which the office tags it."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.assessments.models import Application, Tag
from tallystick.assessments.techniques import catalogue as of
from tallystick.assessments.techniques.forms import BeginForm, TagForm
from tallystick.assessments.techniques.listed import Shown, shown
from tallystick.assessments.techniques.operations.applying import begin_application
from tallystick.assessments.techniques.operations.tagging import tag_technique
from tallystick.assessments.techniques.proposed import proposed
from tallystick.assessments.techniques.seen import applications_of
from tallystick.assessments.techniques.views.asked import REFUSALS, technique_found
from tallystick.decisions.marks import class_of
from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import Facts, facts, is_granted, needs_factor
from tallystick.parties.queries import organisations
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.views.asked import INCOMPLETE, posted
from tallystick.risks.queries import periods, references
from tallystick.rulebook.techniques import ALL

CHOICES = ("kind", "find", "on")


@dataclass(frozen=True)
class Group:
    """A class with the techniques that carry it; one that carries several stands under each."""

    key: str
    title: str
    techniques: Sequence[of.Listed]


@require_safe
def techniques(request: Request, code: str) -> HttpResponse:
    """Show the catalogue, by class."""
    with one_page():
        acting, rulebook = request.acting, rulebook_of(code)
        chosen = {name: request.GET.get(name, "")[:60] for name in CHOICES}
        there = of.catalogue(acting)
        found = [one for one in there if _is_chosen(one, chosen)]
        classes = rulebook.code.technique_classes
        groups = [
            Group(key, title, [one for one in found if key in one.classes])
            for key, title in classes.items()
            if chosen["kind"] in ("", key)
        ]
        return render(
            request,
            "assessments/techniques.html",
            {
                "code": code,
                "all": there,
                "known_risks": references(acting),
                "groups": [one for one in groups if one.techniques],
                "kinds": classes,
                "titles": {one.rule.key: one.rule.short or one.rule.title for one in there},
                "chosen": chosen,
                "is_unchecked": any(not one.rule.verified for one in there),
                "sees_applied": is_granted(acting, Application.TYPE, "r"),
            },
        )


@require_safe
def technique(request: Request, code: str, key: str) -> HttpResponse:
    """Show a technique: what it is, the classes it carried, and where it is applied."""
    with one_page():
        acting, rulebook, one = request.acting, rulebook_of(code), technique_found(request, key)
        rows = list(applications_of(acting).filter(technique=key))
        return render(
            request,
            "assessments/technique.html",
            {
                "code": code,
                "t": one,
                "known_risks": references(acting),
                "r": one.rule,
                "kinds": rulebook.code.technique_classes,
                "tags": of.tags_by_technique(acting).get(key, []),
                "effects": [
                    (risk, _shares(rulebook.code.categories, shares))
                    for risk, shares in sorted(one.rule.effects.items())
                ],
                "categories": rulebook.code.categories,
                "titles": {key: rule.title for key, rule in rulebook.techniques.items()},
                "months": calendar.month_name,
                "applied": _applied(request, rows),
                "stands_as": of.STANDS_AS.get(one.rule.form),
                "sees_applied": is_granted(acting, Application.TYPE, "r"),
                "may_tag": is_granted(acting, Tag.TYPE, "u"),
                "may_apply": is_granted(acting, Application.TYPE, "c"),
                "see_history": is_granted(acting, "history", "r"),
            },
        )


@require_http_methods(BOTH)
def tag(request: Request, code: str, key: str) -> HttpResponse:
    """Let a technique carry other classes from today on."""
    one, rulebook = technique_found(request, key), rulebook_of(code)
    form = TagForm(posted(request), rulebook=rulebook, key=key, classes=one.classes)

    def do() -> str:
        tag_technique(tagged=form.tagged, by=request.acting, at=moment())
        return reverse("technique", args=[code, key])

    says = "From today on; what it carried before stays to be read. A plan and the catalogue group it so."
    level = class_of(rulebook, Tag.TYPE, request.acting.day, None)
    asked = facts(request.acting, Tag.TYPE, classification=level, state=Tag.ISSUED)
    return _new(request, one, ("Tag it otherwise", says, "Tag it so", "u"), form, do, asked)


@require_http_methods(BOTH)
def begin(request: Request, code: str, key: str) -> HttpResponse:
    """Plan an application of a technique."""
    one, acting = technique_found(request, key), request.acting
    parties = list(organisations(code))
    form = BeginForm(
        posted(request),
        rulebook=rulebook_of(code),
        technique=one.rule,
        parties=parties,
        periods=periods(acting),
        proposed=proposed(acting, one.rule, parties) if is_granted(acting, Application.TYPE, "c") else None,
    )

    def do() -> str:
        made = begin_application(begun=form.begun, by=acting, at=moment())
        return reverse("application", args=[code, made.reference])

    says = "It is the office's own until it starts; each party is served its part then."
    level = class_of(rulebook_of(code), Application.TYPE, acting.day, None)
    asked = facts(acting, Application.TYPE, classification=level, state=Application.DRAFT)
    return _new(request, one, ("Apply it", says, "Plan it", "c"), form, do, asked)


def _new(
    request: Request, one: of.Listed, said: tuple[str, str, str, str], form: Any, do: Any, asked: Facts
) -> HttpResponse:
    """Show a form beside a technique; or do what it asks, and lead to where that stands."""
    (title, says, button, act), status = said, 200
    if request.method == "POST":
        status = INCOMPLETE
        if form.is_valid() and is_let(request, act, asked):
            try:
                href = do()
            except REFUSALS as refusal:
                form.add_error(None, str(refusal))
                status = CONFLICT
            else:
                return redirect(href)
    told = {
        "code": request.acting.code,
        "t": one,
        "form": form,
        "title": title,
        "says": says,
        "button": button,
        "wants_factor": needs_factor(request.acting, act, asked, now=timezone.now()),
        "here": request.path,
    }
    return render(request, "assessments/apply.html", told, status=status)


def _applied(request: Request, rows: list[Application]) -> list[Shown]:
    return shown(request.acting, rows)


def _is_chosen(one: of.Listed, chosen: dict[str, str]) -> bool:
    rule = one.rule
    said = " ".join((rule.key, rule.title, rule.short or "", one.form, *rule.effects)).lower()
    on = {"standard": rule.standard, "demand": not rule.standard, "applied": bool(one.open)}
    return chosen["find"].lower() in said and on.get(chosen["on"], True)


def _shares(categories: Any, shares: Any) -> str:
    return ", ".join(
        f"{share * 100:.0f}%" + ("" if name == ALL else f" ({categories.get(name, name)})")
        for name, share in shares.items()
    )

"""How an act on a matter is asked for, let through, refused or done: one page for every room."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tallystick.decisions.views.asked import CONFLICT, is_let
from tallystick.parties.classified import Classified
from tallystick.parties.policy.decision import Facts, needs_factor
from tallystick.parties.readings import note, strictest
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of

INCOMPLETE = 422
FIELDS = "processes/_fields.html"


@dataclass(frozen=True)
class About:
    """The matter that a page of an act is about: its row, what it is called, and where it is shown.

    `register` is the list that it stands in, by its name and address; `since` the instant whose sentence of
    handling counts; `who` the party, or whom else it touches.
    """

    row: Classified
    reference: str
    title: str
    who: str
    href: str
    register: tuple[str, str]
    since: dt.datetime

    @property
    def handling(self) -> str:
        """Return who may read it, in the words in force when it began."""
        return self.handling_of(self.row.classification)

    def handling_of(self, classification: str) -> str:
        """Return who may read what is of a class, in the words in force when it began."""
        day, code = timezone.localtime(self.since).date(), rulebook_of(self.row.code)
        told: str = code.handling.sentence(classification, day).says
        return told


@dataclass(frozen=True)
class Act:
    """An act, as its page asks for it: what the page says, its form, and what is then done.

    `do` is called with a form that is valid, and returns what is told afterwards. `part` is the template of
    what the form shows, where that is more than its fields. `then` is where one comes to afterwards, if not
    to the matter. `besides` are rows whose words or figures the page shows besides the matter.
    """

    title: str
    says: str
    button: str
    form: forms.Form
    facts: Facts
    act: str
    do: Callable[[], str]
    icon: str = "check"
    part: str = FIELDS
    shows: dict[str, Any] | None = None
    then: str = ""
    besides: Sequence[Classified] = ()


def posted(request: Request) -> Any:
    """Return what was sent, or nothing where a page was only asked for."""
    return request.POST if request.method == "POST" else None


def handed(request: Request) -> Any:
    """Return the files that were sent with a form, or nothing where a page was only asked for."""
    return request.FILES if request.method == "POST" else None


def answered(request: Request, about: About, act: Act, refusals: tuple[type[Exception], ...]) -> HttpResponse:
    """Show the page of an act; or do it and lead back to the matter, and say there what was done."""
    if request.method != "POST":
        return _page(request, about, act, 200)
    if not act.form.is_valid():
        return _page(request, about, act, INCOMPLETE)
    if not is_let(request, act.act, act.facts):
        return _page(request, about, act, INCOMPLETE)
    try:
        done = act.do()
    except refusals as refusal:
        act.form.add_error(None, str(refusal))
        return _page(request, about, act, CONFLICT)
    messages.success(request, done)
    return redirect(act.then or about.href)


def _page(request: Request, about: About, act: Act, status: int) -> HttpResponse:
    every = [about.row, *act.besides]
    note(request, about.row.TYPE, every, timezone.now())
    cls = strictest(every)
    shown = {
        "cls": cls,
        "handling": about.handling_of(cls),
        "code": about.row.code,
        "about": about,
        "a": act,
        "form": act.form,
        "wants_factor": needs_factor(request.acting, act.act, act.facts, now=timezone.now()),
        "here": request.path,
        **(act.shows or {}),
    }
    return render(request, "processes/act.html", shown, status=status)

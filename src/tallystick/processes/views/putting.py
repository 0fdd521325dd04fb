"""How a motion about a matter is put to the body that has it: one page for every room."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse

from tallystick.decisions.operations.motions import Bar, Put
from tallystick.decisions.views.asked import moment
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body
from tallystick.parties.policy.decision import Facts
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.decided import body_of
from tallystick.processes.forms import MotionForm
from tallystick.processes.models import Course
from tallystick.processes.operations.putting import put_about
from tallystick.processes.views.asked import About, Act, answered, posted


@dataclass(frozen=True)
class Putting:
    """What is put to a body about a matter: the words that its form begins with, and who has no vote on it.

    `says` is what the page tells; `facts` are the policy's, of the motion that is to be.
    """

    about: About
    course: Course
    body: Body
    says: str
    begins: Mapping[str, str]
    facts: Facts
    bars: tuple[Bar, ...] = ()


def asked_body(acting: Acting, key: str | None) -> Body:
    """Return the body that a matter is before.

    :raises Http404: if there is none that whoever is acting may put something to
    """
    body = body_of(acting.code, key, acting.day)
    if body is None or acting.body not in (None, body):
        raise Http404
    return body


def put_page(request: Request, putting: Putting, refusals: tuple[type[Exception], ...]) -> HttpResponse:
    """Ask what is put to the body that has a matter, and draft the motion."""
    body, row, acting = putting.body, putting.about.row, request.acting
    known = rulebook_of(row.code).schemes_of(body.key.lower(), acting.day)
    schemes = [(one.key, one.asks or one.title) for one in known]
    form = MotionForm(posted(request), schemes=schemes, initial=dict(putting.begins))

    def done() -> str:
        told = form.cleaned_data
        put = Put(
            **{name: told[name] for name in ("title", "question", "does", "scheme", "key")},
            body=body,
            party=row.party,
            classification=row.classification,
            bars=putting.bars,
            about=putting.about.reference,
        )
        motion = put_about(putting.course, put, acting, moment())
        return f"{motion.reference} is drafted. Nobody votes before its vote is opened."

    title = f"Put it to {named(body)}"
    act = Act(title, putting.says, "Draft the motion", form, putting.facts, "c", done, icon="gavel")
    return answered(request, putting.about, act, refusals)


def named(body: Body) -> str:
    """Return a body as a sentence names it: the PAB."""
    known = rulebook_of(body.code).bodies.get(body.key.lower())
    return f"the {known.short or known.name}" if known else body.name

"""The register of exercises, the page of one, and what the office and the parties do with it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.assessments.exercises import seen as found
from tallystick.assessments.exercises.forms import (
    DebriefForm,
    LessonForm,
    ObserveForm,
    PrepareForm,
    SettleForm,
    TurnForm,
    VolunteerForm,
)
from tallystick.assessments.exercises.operations.debriefing import (
    UnableToDebrief,
    UnableToNoteLesson,
    UnableToObserve,
    UnableToSettleLesson,
    note_lesson,
    settle_lesson,
)
from tallystick.assessments.exercises.operations.debriefing import debrief as debrief_exercise
from tallystick.assessments.exercises.operations.debriefing import observe as observe_exercise
from tallystick.assessments.exercises.operations.exercising import (
    UnableToAnnounceExercise,
    UnableToPrepareExercise,
    UnableToTakePart,
    announce_exercise,
    prepare_exercise,
    take_turn,
)
from tallystick.assessments.models import Application, Exercise, Part
from tallystick.assessments.models.exercise import VERDICTS
from tallystick.assessments.techniques.facts import UNDER_WAY
from tallystick.assessments.techniques.stages import stages
from tallystick.decisions.forms import Kept
from tallystick.decisions.marks import class_of
from tallystick.decisions.views.asked import moment
from tallystick.parties.classified import Classified
from tallystick.parties.models import Body, Organisation, Role
from tallystick.parties.once import one_page
from tallystick.parties.policy.decision import Facts, facts, facts_of, is_granted
from tallystick.parties.readings import note, strictest
from tallystick.parties.request import BOTH, Request
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.views.asked import About, Act, answered, posted
from tallystick.processes.wishes import UnableToMove
from tallystick.risks.queries import references

REFUSALS = (
    UnableToMove,
    UnableToPrepareExercise,
    UnableToAnnounceExercise,
    UnableToTakePart,
    UnableToObserve,
    UnableToNoteLesson,
    UnableToSettleLesson,
    UnableToDebrief,
)
PILLS = {"met": "met", "in_part": "below_target", "not_met": "below_minimum"}


@require_safe
def register(request: Request, code: str) -> HttpResponse:
    """Show the exercises that somebody may see, and to the office those that are to be prepared."""
    with one_page():
        acting = request.acting
        rows = found.exercises_of(acting)
        shown = {
            "code": code,
            "rows": rows,
            "stands": stages([one.application.course for one in rows], acting.day),
            "counts": found.taking_part(rows),
            "lessons": found.open_lessons(acting),
            "to_prepare": found.to_prepare(acting) if acting.name in Role.OFFICE else [],
        }
        note(request, Part.TYPE, shown["lessons"], timezone.now())  # type: ignore[arg-type]  # rows
        return render(request, "assessments/exercises.html", shown)


@require_safe
def exercise(request: Request, code: str, reference: str) -> HttpResponse:
    """Show an exercise: its scenario, who takes part, what it showed and what is learnt."""
    with one_page():
        row, acting = found_exercise(request, reference), request.acting
        stands = stages([row.application.course], acting.day)[row.application.course_id]
        players, lessons = found.players(acting, row), found.lessons_of(acting, row)
        observations = found.observations_of(acting, row)
        every: list[Classified] = [row, *(one.part for one in players), *lessons, *observations.values()]
        note(request, Part.TYPE, every, timezone.now())
        cls, is_under_way = strictest(every), stands.stage == UNDER_WAY
        own = next((one for one in players if one.part.party == acting.organisation), None)
        is_office = acting.name in Role.OFFICE
        shown: dict[str, Any] = {
            "code": code,
            "known_risks": references(acting),
            "e": row,
            "t": row.application,
            "stands": stands,
            "players": players,
            "own": own,
            "taking": found.taking_part([row])[row.application_id],
            "observations": observations,
            "verdicts": dict(VERDICTS),
            "pills": PILLS,
            "lessons": lessons,
            "is_office": is_office,
            "is_open": is_under_way and row.announced_at is not None and row.on >= acting.day,
            "is_party": acting.name == Role.PARTY_DELEGATE,
            "is_played": is_under_way and row.announced_at is not None and row.on <= acting.day,
            "may_announce": is_office and row.announced_at is None and row.on >= acting.day,
            "may_debrief": is_office and is_under_way and set(observations) == set(row.objectives),
            "see_history": is_granted(acting, "history", "r"),
            "cls": cls,
            "handling": rulebook_of(code).handling.sentence(cls, acting.day).says,
        }
        return render(request, "assessments/exercise.html", shown)


@require_http_methods(BOTH)
def prepare(request: Request, code: str, reference: str) -> HttpResponse:
    """Prepare the exercise of an application that is planned.

    :raises Http404: if there is none that waits for one
    """
    there = found.exercise(request.acting, reference)
    row = next((one for one in found.to_prepare(request.acting) if one.reference == reference), None)
    application = row or (there.application if there and request.method == "POST" else None)
    if application is None:
        raise Http404
    form = PrepareForm(posted(request))

    def do() -> str:
        prepare_exercise(application=application, prepared=form.prepared, by=request.acting, at=moment())
        return "It is prepared, and the office's until it is announced."

    says = "Parties learn of it once it is announced."
    asked = facts_of(request.acting, application)
    made = Act("Prepare an exercise", says, "Prepare it", form, asked, "c", do)
    return answered(request, about(application, there), made, REFUSALS)


@require_http_methods(BOTH)
def announce(request: Request, code: str, reference: str) -> HttpResponse:
    """Announce an exercise."""
    row = found_exercise(request, reference)
    form = Kept(posted(request))

    def do() -> str:
        key = form.cleaned_data["key"]
        announce_exercise(exercise=row, key=key, by=request.acting, at=moment())
        return "It is announced."

    says = "Parties that have a part are asked to take it; others of the categories it reaches may volunteer."
    return _acted(request, row, ("Announce it", says, "Announce it", "t"), (form, do))


@require_http_methods(BOTH)
def turn(request: Request, code: str, reference: str, slug: str) -> HttpResponse:
    """Say whether a party takes part: the party for itself, or the office what came on paper.

    :raises Http404: if it is another party's, or the exercise is not announced
    """
    row, acting = found_exercise(request, reference), request.acting
    party = Organisation.objects.filter(slug=slug, categories__code=code).first()
    is_own = party is not None and acting.organisation == party
    if party is None or row.announced_at is None or not (is_own or acting.name in Role.OFFICE):
        raise Http404
    part = next((one.part for one in found.players(acting, row) if one.part.party == party), None)
    form = (TurnForm if part else VolunteerForm)(posted(request), roles=row.roles)

    def do() -> str:
        made = take_turn(exercise=row, party=party, coming=form.coming, by=acting, at=moment())
        return "You take part." if made.takes_part else "You do not take part."

    kind = class_of(rulebook_of(code), Part.TYPE, acting.day, party)
    asked = facts_of(acting, part) if part else facts(acting, Part.TYPE, classification=kind, party=party)
    title = "Take part" if part else "Volunteer"
    says = f"It is played on {row.on.day} {row.on:%B %Y}. The latest word counts until that day is over."
    return _acted(
        request, row, (title, says, "Say so", "u" if part else "c"), (form, do), asked, [part] if part else []
    )


@require_http_methods(BOTH)
def observe(request: Request, code: str, reference: str) -> HttpResponse:
    """Say how far an objective was met."""
    row = found_exercise(request, reference)
    form = ObserveForm(posted(request), objectives=row.objectives)

    def do() -> str:
        observe_exercise(exercise=row, observed=form.observed, by=request.acting, at=moment())
        return "It is written down."

    says = "It stays in the office until the exercise is debriefed; said again, the latest counts."
    return _acted(request, row, ("Observe", says, "Write it down", "u"), (form, do))


@require_http_methods(BOTH)
def lesson(request: Request, code: str, reference: str) -> HttpResponse:
    """Note what is to be done, by whom and until when."""
    row = found_exercise(request, reference)
    bodies = [
        one for one in Body.objects.filter(code=code).order_by("name") if one.is_in_force(request.acting.day)
    ]
    parties = [one.part.party for one in found.players(request.acting, row)]
    form = LessonForm(posted(request), parties=parties, bodies=bodies)

    def do() -> str:
        made = note_lesson(exercise=row, learnt=form.learnt, by=request.acting, at=moment())
        return f"Lesson {made.number} is noted."

    says = "Its owner reads of it once the exercise is debriefed."
    return _acted(request, row, ("Note a lesson", says, "Note it", "u"), (form, do))


@require_http_methods(BOTH)
def settle(request: Request, code: str, reference: str, number: int) -> HttpResponse:
    """Say what was done of a lesson.

    :raises Http404: if there is none that may be seen
    """
    row = found_exercise(request, reference)
    one = found.lesson_of(request.acting, row, number)
    if one is None:
        raise Http404
    form = SettleForm(posted(request))

    def do() -> str:
        told = form.cleaned_data
        settle_lesson(lesson=one, words=told["words"], key=told["key"], by=request.acting, at=moment())
        return "It is done."

    said = (f"What was done of lesson {number}", one.words, "Say so", "u")
    return _acted(request, row, said, (form, do), facts_of(request.acting, one), [one])


@require_http_methods(BOTH)
def debrief(request: Request, code: str, reference: str) -> HttpResponse:
    """Tell what an exercise showed."""
    row = found_exercise(request, reference)
    form = DebriefForm(posted(request))

    def do() -> str:
        told = form.cleaned_data
        said = {name: told[name] for name in ("result", "spent", "key")}
        debrief_exercise(exercise=row, **said, by=request.acting, at=moment())
        return "It is debriefed: what was observed and learnt is told."

    says = "Whoever reads of the exercise reads what was observed from now on, and each owner its lessons."
    return _acted(request, row, ("Debrief", says, "Tell it", "t"), (form, do))


def found_exercise(request: Request, reference: str) -> Exercise:
    """Return an exercise that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = found.exercise(request.acting, reference)
    if one is None:
        raise Http404
    return one


def about(row: Application, exercise: Exercise | None = None) -> About:
    """Return an exercise as the page of an act names it; without one its application is to have it."""
    register = reverse("exercises", args=[row.code])
    href = reverse("exercise", args=[row.code, row.reference]) if exercise else register
    return About(exercise or row, row.reference, row.title, "", href, ("Exercises", register), row.begun_at)


def _acted(
    request: Request,
    row: Exercise,
    said: tuple[str, str, str, str],
    doing: tuple[Any, Callable[[], str]],
    asked: Facts | None = None,
    besides: Sequence[Classified] = (),
) -> HttpResponse:
    """Show or do an act on an exercise, or on something of it.

    :param said: the title, what the page says, the word on the button, and the act that rights are asked for
    :param asked: what the policy has to know, if it is not of the exercise
    :param besides: what the page shows besides the exercise
    """
    (title, says, button, act), (form, do) = said, doing
    made = Act(title, says, button, form, asked or facts_of(request.acting, row), act, do, besides=besides)
    return answered(request, about(row.application, row), made, REFUSALS)

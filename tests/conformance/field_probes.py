"""The addresses of questionnaires, exercises and security: real ones, and none."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from tests.conformance.application_probes import ASKED_OF, SENT_TO
from tests.conformance.world import Made, World

BOTH = ("GET", "HEAD", "POST")
NONE, NOBODY = "TEC-2021-999999", "nobody"


OF_A_QUESTIONNAIRE = ("design_questionnaire", "reword_questions", "issue_questionnaire", "remind_parties")
OF_AN_EXERCISE = (
    *("prepare_exercise", "announce_exercise", "observe_exercise", "note_lesson", "debrief_exercise"),
)
OF_SECURITY = ("set_security_status", "record_verification", "record_letter")


def field_places(world: World, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of questionnaires, exercises and security; `place` makes one."""
    parts = world.rows["part"]
    for made in world.rows["questionnaire"]:
        yield from _of_questionnaire(made, parts, place)
    for made in world.rows["exercise"]:
        yield from _of_exercise(made, parts, place)
    for made in world.rows["lesson"]:
        of = next(one for one in world.rows["exercise"] if one.row.pk == made.row.exercise_id)
        address = at("settle_lesson", of.row.application.reference, made.row.number)
        asked = {"needs": (made.what, of.what), "ok": ASKED_OF, "ok_sent": SENT_TO}
        yield place("settle_lesson", address, methods=BOTH, **asked)
    for made in world.rows["assurance"]:
        slug, needs = made.row.party.slug, (made.what,)
        yield place("security_status", at("security_status", slug), needs=needs)
        for name in OF_SECURITY:
            yield place(name, at(name, slug), methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)
    yield from _of_none(place)


def _of_questionnaire(made: Made, parts: list[Made], place: Callable[..., Any]) -> Iterator[Any]:
    reference, needs = made.row.application.reference, (made.what,)
    for name in ("questionnaire", "questionnaire_analysis", "questionnaire_csv"):
        ok = (200,) if name == "questionnaire" else ASKED_OF
        yield place(name, at(name, reference), needs=needs, ok=ok)
    for name in OF_A_QUESTIONNAIRE:
        yield place(name, at(name, reference), methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)
    yield from _of_parts("answer_questionnaire", made, parts, place)


def _of_exercise(made: Made, parts: list[Made], place: Callable[..., Any]) -> Iterator[Any]:
    reference, needs = made.row.application.reference, (made.what,)
    yield place("exercise", at("exercise", reference), needs=needs)
    for name in OF_AN_EXERCISE:
        yield place(name, at(name, reference), methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)
    yield from _of_parts("take_part", made, parts, place)


def _of_parts(name: str, made: Made, parts: list[Made], place: Callable[..., Any]) -> Iterator[Any]:
    """Yield what is asked of each party: its own to say, and the office's to write down."""
    for part in parts:
        if part.row.application_id == made.row.application_id:
            address = at(name, made.row.application.reference, part.row.party.slug)
            asked = {"needs": (part.what, made.what), "ok": ASKED_OF, "ok_sent": SENT_TO}
            yield place(name, address, methods=BOTH, **asked)


def _of_none(place: Callable[..., Any]) -> Iterator[Any]:
    for name in ("questionnaires", "exercises", "security"):
        yield place(name, at(name))
    for name in ("questionnaire", "questionnaire_analysis", "questionnaire_csv", "exercise"):
        yield place(name, at(name, NONE), exists=False)
    for name in (*OF_A_QUESTIONNAIRE, *OF_AN_EXERCISE):
        yield place(name, at(name, NONE), methods=BOTH, exists=False)
    for name in ("answer_questionnaire", "take_part"):
        yield place(name, at(name, NONE, NOBODY), methods=BOTH, exists=False)
    yield place("settle_lesson", at("settle_lesson", NONE, 1), methods=BOTH, exists=False)
    yield place("security_status", at("security_status", NOBODY), exists=False)
    for name in OF_SECURITY:
        yield place(name, at(name, NOBODY), methods=BOTH, exists=False)


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

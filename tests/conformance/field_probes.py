"""The addresses of questionnaires, exercises and security, and what the policy lets expect where none is."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

BOTH = ("GET", "HEAD", "POST")
NONE, NOBODY = "TEC-2021-999999", "nobody"


def field_places(place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of questionnaires, exercises and security; `place` makes one."""
    for name in ("questionnaires", "exercises", "security"):
        yield place(name, at(name))
    for name in ("questionnaire", "questionnaire_analysis", "questionnaire_csv", "exercise"):
        yield place(name, at(name, NONE), exists=False)
    for name in (
        *("design_questionnaire", "reword_questions", "issue_questionnaire", "remind_parties"),
        *("prepare_exercise", "announce_exercise", "observe_exercise", "note_lesson", "debrief_exercise"),
    ):
        yield place(name, at(name, NONE), methods=BOTH, exists=False)
    for name in ("answer_questionnaire", "take_part"):
        yield place(name, at(name, NONE, NOBODY), methods=BOTH, exists=False)
    yield place("settle_lesson", at("settle_lesson", NONE, 1), methods=BOTH, exists=False)
    yield place("security_status", at("security_status", NOBODY), exists=False)
    for name in ("set_security_status", "record_verification", "record_letter"):
        yield place(name, at(name, NOBODY), methods=BOTH, exists=False)


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

"""The register and the page of an exercise, and how each takes part in it over its pages."""

from typing import Any

import pytest

from tallystick.assessments.models import Exercise, Lesson, Observation, Turn
from tests.assessments.doors import browser, goes_on_to, key_of, text
from tests.assessments.field_cast import PLAYED, FieldCast

AT = "/sec/exercises"


def sends(by: Any, address: str, **told: Any) -> Any:
    client = browser(by)
    return client.post(address, {"key": key_of(client, address), **told})


class TestPages:
    def test_show_an_exercise_once_it_is_announced(self, field: FieldCast) -> None:
        row = field.prepared()
        at = f"{AT}/{row.application.reference}"

        before = browser(field.ben).get(at).status_code
        field.announced(row)

        assert before == 404
        assert "All hubs of a region are gone." in text(browser(field.ben).get(at))
        assert row.application.reference in text(browser(field.ben).get(AT))

    def test_name_who_takes_part_to_the_office_and_count_to_others(self, field: FieldCast) -> None:
        row = field.announced()
        field.turned(row, words="Two of us.")
        at = f"{AT}/{row.application.reference}"

        office, own, other = (text(browser(by).get(at)) for by in (field.jo, field.ada, field.ben))

        assert "Two of us." in office
        assert "Two of us." in own
        assert "ALFA" not in other
        assert "1 party takes part" in other
        assert "Volunteer" in other

    def test_keep_observations_in_the_office_until_the_debriefing(
        self, field: FieldCast, settings: Any
    ) -> None:
        row = field.announced()
        field.observed(row)
        field.observed(row, "2", verdict="not_met", words="Two days.")
        field.learnt(row)
        goes_on_to(settings, PLAYED)
        at = f"{AT}/{row.application.reference}"

        before = text(browser(field.ben).get(at))
        field.debriefed(row)
        after, own = (text(browser(by).get(at)) for by in (field.ben, field.ada))

        history = text(browser(field.ben).get(f"/sec/history/application/{row.application.handle}"))
        assert "objective" not in history
        assert "Two days." not in before
        assert "Two days." in after
        assert "Keep a list." not in after
        assert "Keep a list." in own


class TestForms:
    def test_lead_from_preparing_to_debriefing(self, field: FieldCast, settings: Any) -> None:
        planned = field.begun("recovery_exercise", parties=(field.alfa,))
        at = f"{AT}/{planned.reference}"
        said = {"scenario": "All is gone.", "on": PLAYED, "roles": "Caller", "objectives": "Back in a day"}

        steps = [
            sends(field.jo, f"{at}/prepare", **said),
            sends(field.jo, f"{at}/announce"),
            sends(field.ada, f"{at}/part/alfa", takes_part="no"),
            sends(field.ben, f"{at}/part/brvo", takes_part="yes", role="1"),
        ]
        goes_on_to(settings, PLAYED)
        steps += [
            sends(field.jo, f"{at}/observe", objective="1", verdict="met", words="At noon."),
            sends(field.jo, f"{at}/lessons", words="Ring twice.", owner="party-brvo", due_on="2021-12-01"),
            sends(field.jo, f"{at}/debrief", result="It was met.", spent="900"),
            sends(field.ben, f"{at}/lessons/1", words="We do."),
        ]

        assert [one.status_code for one in steps] == [302] * len(steps)
        assert {(one.party.name, one.takes_part, one.volunteered) for one in Turn.objects.all()} == {
            ("ALFA", False, False),
            ("BRVO", True, True),
        }
        assert (Observation.objects.get().verdict, Lesson.objects.get().done) == ("met", "We do.")
        assert Exercise.objects.get().debriefed_at is not None

    def test_say_what_is_wrong(self, field: FieldCast) -> None:
        planned = field.begun("recovery_exercise")

        answer = sends(
            field.jo,
            f"{AT}/{planned.reference}/prepare",
            scenario="S",
            on="2021-09-01",
            roles="R",
            objectives="O",
        )

        assert "today or later" in text(answer, 409)

    @pytest.mark.parametrize("act", ["announce", "observe", "lessons", "debrief", "part/alfa", "lessons/1"])
    def test_are_not_others(self, field: FieldCast, act: str) -> None:
        row = field.announced()
        field.learnt(row)

        for by in (field.ben, field.bo, field.obs):
            answer = browser(by).get(f"{AT}/{row.application.reference}/{act}")
            assert answer.status_code in (403, 404), by.name

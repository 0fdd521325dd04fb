"""Forms of exercises say what the acts take."""

from tallystick.assessments.exercises.forms import (
    LessonForm,
    ObserveForm,
    PrepareForm,
    TurnForm,
    VolunteerForm,
)
from tallystick.parties.models import Body, Organisation


class TestExercises:
    def test_take_roles_and_objectives_a_line(self) -> None:
        said = {
            "key": "k",
            "scenario": "All is gone.",
            "on": "2021-09-20",
            "roles": "A\n\n B ",
            "objectives": "C",
        }

        form = PrepareForm(said)

        assert form.is_valid()
        assert (form.prepared.roles, form.prepared.objectives) == (("A", "B"), ("C",))

    def test_let_a_volunteer_come_and_not_decline(self) -> None:
        said = {"key": "k", "takes_part": "no", "role": "1"}

        asked, volunteer = (one(said, roles={"1": "A"}) for one in (TurnForm, VolunteerForm))

        assert asked.is_valid()
        assert (asked.coming.takes_part, asked.coming.role) == (False, "1")
        assert not volunteer.is_valid()

    def test_take_a_verdict_of_an_objective_that_there_is(self) -> None:
        said = {"key": "k", "objective": "1", "verdict": "in_part", "words": "So."}

        form = ObserveForm(said, objectives={"1": "A"})

        assert form.is_valid()
        assert form.observed.verdict == "in_part"
        assert not ObserveForm({**said, "objective": "2"}, objectives={"1": "A"}).is_valid()

    def test_take_one_owner(self) -> None:
        party, body = Organisation(slug="alfa", name="ALFA"), Body(key="PAB", name="The PAB")
        said = {"key": "k", "words": "So.", "due_on": "2021-12-01"}

        forms = [
            LessonForm({**said, "owner": owner}, parties=[party], bodies=[body])
            for owner in ("party-alfa", f"body-{body.handle}")
        ]

        assert [one.is_valid() for one in forms] == [True, True]
        assert [(one.learnt.party, one.learnt.body) for one in forms] == [(party, None), (None, body)]

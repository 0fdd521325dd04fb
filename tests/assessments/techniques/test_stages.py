"""Where applications stand, and which wait to be prepared."""

from tallystick.assessments.models import Application
from tallystick.assessments.techniques.stages import planned_of, stages
from tests.assessments.cast import Cast


class TestStages:
    def test_tell_each_by_name_and_title_and_when_answers_are_due(self, cast: Cast) -> None:
        planned, started = cast.begun(), cast.started()

        told = stages([planned.course, started.course], cast.jo.day)

        assert told[planned.course_id].stage == "planned"
        assert (told[started.course_id].stage, told[started.course_id].title) == ("under_way", "Under way")
        assert told[planned.course_id].due_on is None
        assert told[started.course_id].due_on is not None


class TestPlanned:
    def test_are_those_of_a_form_that_have_not_started(self, cast: Cast) -> None:
        planned, _ = cast.begun(), cast.started()

        every = Application.objects.all()

        assert planned_of(cast.jo, "guidance", every) == [planned]
        assert planned_of(cast.jo, "exercise", every) == []
        assert planned_of(cast.ada, "guidance", every) == []

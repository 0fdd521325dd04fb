"""An exercise: its scenario, who takes part, what was observed, and what is learnt from it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.assessments.models.application import KEY, Application, Part
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Body, Organisation, Person

MET, IN_PART, NOT_MET = "met", "in_part", "not_met"
VERDICTS = [(MET, "Met"), (IN_PART, "Met in part"), (NOT_MET, "Not met")]


class Exercise(Kept, Classified):
    """A scenario that is played on a day. It is the office's draft until parties are asked to take part.

    `roles` and `objectives` have words by number. `debriefed_at` is when what was observed was told.
    """

    TYPE = "application"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity", "announced_at", "debriefed_at"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"scenario", "roles", "objectives"})

    application = models.OneToOneField(Application, models.PROTECT, related_name="exercise")
    scenario = models.TextField()
    on = models.DateField()
    roles = models.JSONField(default=dict)
    objectives = models.JSONField(default=dict)
    prepared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    debriefed_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("exercise"),
            models.UniqueConstraint(fields=["prepared_by", "key"], name="a_form_prepares_one_exercise"),
            models.CheckConstraint(condition=~Q(scenario="") & ~Q(key=""), name="an_exercise_has_a_scenario"),
        ]

    def __str__(self) -> str:
        return f"exercise of {self.application_id}"


class Turn(Kept, Classified):
    """That a party takes part, or does not; the latest number counts. `volunteered` where nobody asked it."""

    TYPE = "part"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"words"})

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="turns")
    part = models.ForeignKey(Part, models.PROTECT, related_name="turns")
    number = models.IntegerField()
    takes_part = models.BooleanField()
    role = models.CharField(max_length=10, blank=True)
    volunteered = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    by_office = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("turn"),
            models.UniqueConstraint(fields=["part", "number"], name="one_turn_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_takes_one_turn"),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]) & Q(number__gte=1) & ~Q(key=""),
                name="a_turn_is_confidential",
            ),
        ]

    def __str__(self) -> str:
        return f"turn {self.number} in {self.part_id}"


class Observation(Kept, Classified):
    """How far an objective was met, in words; the latest number counts. A draft until it is debriefed."""

    TYPE = "application"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"words"})

    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="observations")
    objective = models.CharField(max_length=10)
    number = models.IntegerField()
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("observation"),
            models.UniqueConstraint(
                fields=["exercise", "objective", "number"], name="one_observation_of_a_number"
            ),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_observes_once"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(key="") & Q(verdict__in=[key for key, _ in VERDICTS]),
                name="an_observation_says_how_far",
            ),
        ]

    def __str__(self) -> str:
        return f"observation {self.number} of {self.objective}"


class Lesson(Kept, Classified):
    """What is to be done after an exercise, by whom and until when; a party's is as confidential as its part.

    Its owner is a party or a body, one of the two: `party`, or `owner`.
    """

    TYPE = "part"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity", "done_at", "done_by", "done"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"words", "done"})

    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="lessons")
    number = models.IntegerField()
    words = models.TextField()
    owner = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="lessons")
    due_on = models.DateField()
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    key = models.CharField(max_length=KEY)
    done = models.TextField(blank=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            *classed("lesson"),
            models.UniqueConstraint(fields=["exercise", "number"], name="one_lesson_of_a_number"),
            models.UniqueConstraint(fields=["noted_by", "key"], name="a_form_notes_one_lesson"),
            models.CheckConstraint(
                condition=Q(party__isnull=False, owner=None, classification__in=["amber", "red"])
                | Q(party=None, owner__isnull=False),
                name="a_lesson_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(done="", done_at=None, done_by=None)
                | (~Q(done="") & Q(done_at__isnull=False, done_by__isnull=False)),
                name="a_lesson_is_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"lesson {self.number} of {self.exercise_id}"

"""Courses of matters, where each stands, what was done on it, and the holds that it came under.

A course does not know what it is about: the record of the room upstairs points to it. Its rows are put
together by `queries`, and `engine` alone says what may follow.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tallystick.decisions.keeping import Kept
from tallystick.decisions.models import Decision, Motion
from tallystick.journal.governed import Governed
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person

NAME, KEY = 60, 64
# What follows the matter that a course is about, as that changes.
OF_THE_MATTER = ("classification", "party", "body", "publicity")


class Course(Kept, Classified):
    """The way of one matter under a process; class, party and body are those of the matter itself.

    `value_day` is the day whose rule it goes by to its end. `moved_on` is the day of what happened last.
    `within` is the course of the matter that this one belongs to: what holds that one holds this one with it.
    """

    TYPE = "course"
    CHANGES: ClassVar[frozenset[str]] = frozenset({*OF_THE_MATTER, "moved_on", "ended_on"})

    process = models.SlugField(max_length=NAME)
    value_day = models.DateField()
    begun_on = models.DateField()
    moved_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        constraints = [
            *classed("course"),
            models.CheckConstraint(
                condition=Q(moved_on__gte=F("begun_on")), name="a_course_moves_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on=F("moved_on")),
                name="a_course_ends_on_its_last_day",
            ),
        ]
        indexes = [models.Index(fields=["code", "process", "ended_on"], name="courses_by_process")]

    def __str__(self) -> str:
        return f"{self.process} since {self.begun_on}"


class Place(Kept, Governed):
    """That a course stood in a stage of a track, from one instant until another."""

    CHANGES: ClassVar[frozenset[str]] = frozenset({"left_at"})

    course = models.ForeignKey(Course, models.PROTECT, related_name="places")
    track = models.SlugField(max_length=NAME)
    stage = models.SlugField(max_length=NAME)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "track"], condition=Q(left_at=None), name="a_track_stands_in_one_stage"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("entered_at")),
                name="a_stage_is_left_after_it_is_entered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.track}: {self.stage}"


class Timer(Kept, Governed):
    """A clock of a course: due on a day, or paused with so many days left; ended met, stopped or passed."""

    CHANGES: ClassVar[frozenset[str]] = frozenset({"due_on", "paused_on", "left", "ended_on", "how"})
    MET, STOPPED, PASSED = "met", "stopped", "passed"
    HOWS = [(MET, "Met"), (STOPPED, "Stopped"), (PASSED, "Passed")]

    course = models.ForeignKey(Course, models.PROTECT, related_name="timers")
    clock = models.SlugField(max_length=NAME)
    started_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    paused_on = models.DateField(null=True, blank=True)
    left = models.IntegerField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=7, choices=HOWS, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "clock"], condition=Q(ended_on=None), name="a_clock_runs_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(paused_on=None, left=None, due_on__isnull=False, due_on__gte=F("started_on"))
                | Q(
                    paused_on__isnull=False,
                    paused_on__gte=F("started_on"),
                    left__isnull=False,
                    left__gte=0,
                    due_on=None,
                    ended_on=None,
                ),
                name="a_clock_is_due_or_paused",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, how="")
                | Q(
                    ended_on__isnull=False,
                    ended_on__gte=F("started_on"),
                    how__in=["met", "stopped", "passed"],
                ),
                name="a_clock_ended_somehow",
            ),
        ]
        indexes = [models.Index(fields=["ended_on", "due_on"], name="clocks_by_day")]

    def __str__(self) -> str:
        return f"{self.clock} since {self.started_on}"


class Step(Kept, Classified):
    """A move that was made: by whom in which role, or by a clock that passed; what was said, and why.

    `stated` are days by clock. `key` is that of the form, or of the clock: sent again it makes no other step.
    """

    TYPE = "course"
    CHANGES: ClassVar[frozenset[str]] = frozenset(OF_THE_MATTER)
    WORDS: ClassVar[frozenset[str]] = frozenset({"said", "reason"})

    course = models.ForeignKey(Course, models.PROTECT, related_name="steps")
    move = models.SlugField(max_length=NAME)
    track = models.SlugField(max_length=NAME)
    from_stage = models.SlugField(max_length=NAME)
    to_stage = models.SlugField(max_length=NAME)
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="steps_taken")
    role = models.CharField(max_length=20)
    clock = models.SlugField(max_length=NAME, blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    said = models.JSONField(default=dict, blank=True)
    stated = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("step"),
            models.UniqueConstraint(fields=["course", "key"], name="a_form_takes_one_step"),
            models.CheckConstraint(condition=~Q(key=""), name="a_step_says_by_which_form"),
            models.CheckConstraint(
                condition=Q(clock="", by__isnull=False) | Q(~Q(clock=""), by=None),
                name="a_step_is_taken_by_somebody_or_a_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.move} on {self.on}"


class CarriedOut(Kept, Governed):
    """That a step carried out what a body decided: by a vote that closed, or without one.

    What was decided once is carried out once in a matter.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="carried_out")
    step = models.OneToOneField(Step, models.PROTECT, related_name="carried")
    motion = models.ForeignKey(Motion, models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "motion"], name="a_motion_is_carried_out_once"),
            models.UniqueConstraint(fields=["course", "decision"], name="a_decision_is_carried_out_once"),
            models.CheckConstraint(
                condition=Q(motion__isnull=True, decision__isnull=False)
                | Q(motion__isnull=False, decision__isnull=True),
                name="what_is_carried_out_was_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id} of {self.course_id}"


class PutAbout(Kept, Governed):
    """That a motion was put about a matter, on its own page: what comes of it is carried out there alone."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="put")
    motion = models.OneToOneField(Motion, models.PROTECT, related_name="put_about")

    def __str__(self) -> str:
        return f"{self.motion_id} about {self.course_id}"


class Hold(Kept, Classified):
    """That one course, or every course of some processes of a code, stands still from a day on.

    `until_on` is the first day that it does not, if that was said; `lifted_on` if somebody lifted it.
    One of the whole market is open to all: it holds everybody. `key` is that of the form.
    """

    TYPE = "hold"
    CHANGES: ClassVar[frozenset[str]] = frozenset(
        {*OF_THE_MATTER, "lifted_on", "lifted_at", "lifted_by", "lifted_because"}
    )
    WORDS: ClassVar[frozenset[str]] = frozenset({"why", "lifted_because"})

    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, related_name="holds")
    processes = models.CharField(max_length=400, blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    why = models.TextField()
    placed_by = models.ForeignKey(Person, models.PROTECT, related_name="holds_placed")
    placed_at = models.DateTimeField()
    key = models.CharField(max_length=KEY)
    lifted_on = models.DateField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="holds_lifted")
    lifted_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            *classed("hold"),
            models.UniqueConstraint(fields=["placed_by", "key"], name="a_form_places_one_hold"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(key=""), name="a_hold_says_why"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")), name="a_hold_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(course__isnull=False, processes="")
                | Q(~Q(processes=""), course=None, party=None, classification__in=["white", "green"]),
                name="a_hold_is_of_one_or_of_the_market",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lifted_at=None, lifted_by=None, lifted_because="")
                | Q(
                    ~Q(lifted_because=""),
                    lifted_on__isnull=False,
                    lifted_at__isnull=False,
                    lifted_by__isnull=False,
                ),
                name="a_hold_is_lifted_by_somebody_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["code", "from_on"], name="holds_by_day")]

    def __str__(self) -> str:
        return f"hold from {self.from_on}"

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the processes that it holds throughout the market."""
        return tuple(self.processes.split())

    @property
    def ends_on(self) -> dt.date | None:
        """Return the first day that it does not hold, if that is known."""
        days = [day for day in (self.until_on, self.lifted_on) if day is not None]
        return min(days, default=None)


class Spell(Kept, Governed):
    """That a hold held a course, from a day until the first day that it did not."""

    CHANGES: ClassVar[frozenset[str]] = frozenset({"until_on"})

    course = models.ForeignKey(Course, models.PROTECT, related_name="spells")
    hold = models.ForeignKey(Hold, models.PROTECT, related_name="spells")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course", "hold"], name="a_hold_holds_a_course_once"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="a_spell_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hold_id} on {self.course_id}"

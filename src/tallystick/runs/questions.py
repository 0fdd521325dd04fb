"""A question about an exclusion: it goes back to whoever entered the row, and is answered or taken back."""

from django.db import models
from django.db.models import Q

from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person


class Question(Classified):
    """What the second checker wants to know first. It has the class of its exclusion, and stays.

    It is open until it has an answer or was taken back.
    """

    TYPE = "exclusion"
    OPEN = Q(answered_at=None, withdrawn_at=None)

    exclusion = models.ForeignKey("runs.Exclusion", models.PROTECT, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="questions_asked")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="questions_answered"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            *classed("question"),
            models.CheckConstraint(condition=~Q(text=""), name="a_question_asks_something"),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="an_answer_says_something_and_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(withdrawn_at=None),
                name="what_was_answered_is_not_taken_back",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=models.F("asked_by")),
                name="nobody_answers_their_own_question",
            ),
            models.UniqueConstraint(
                fields=["exclusion"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="one_open_question_of_an_exclusion",
            ),
        ]

    def __str__(self) -> str:
        return f"Question on {self.exclusion_id}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None

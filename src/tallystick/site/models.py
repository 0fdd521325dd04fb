"""What the site keeps of people's sign-ins: their sessions, and what they should know of."""

from django.db import models

from tallystick.journal.governed import Governed
from tallystick.parties.models import Person


class Visit(Governed):
    """A session from signing in on. It is over when `ended_at` is set, or when its time has run out.

    `key` is the session's own, empty once it is over; `browser` is in words, and `device` a digest of what
    the browser keeps to be known again. `refused` counts the tries refused since the visit before.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="visits")
    key = models.CharField(max_length=40, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    browser = models.CharField(max_length=80)
    device = models.CharField(max_length=64)
    refused = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["person", "began_at"], name="visits_of_a_person")]

    def __str__(self) -> str:
        return f"{self.browser} from {self.began_at:%Y-%m-%d %H:%M}"


class Happening(Governed):
    """Something about their sign-in that a person should know of, in words.

    `is_of_factors` where how they sign in has changed: sessions that were open before may be another's.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="happenings")
    at = models.DateTimeField()
    said = models.CharField(max_length=200)
    is_of_factors = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="happenings_to_a_person")]

    def __str__(self) -> str:
        return self.said

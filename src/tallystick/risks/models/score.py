"""What a risk was scored with in an operating period, and a likelihood proposed from findings."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person
from tallystick.risks.models.period import OperatingPeriod
from tallystick.risks.models.risk import KEY, Risk

DIGITS, PLACES = 16, 2


class Score(Kept, Classified):
    """A score of a risk in a period: the latest number counts, and none is overwritten.

    `method` and `method_on` name the method and the first day of its value; `inputs` are what was answered,
    as decimal strings; `drawn` is what the method tells beside the score, by side. Scores are steps
    multiplied, or pounds, as the method has it. A score is a draft, the administrator's, until the register
    of its period is approved. `again` where a period is scored by another method than its own, or by another
    version of that. `heading` says of each driver whether it rises, falls or stays.
    """

    TYPE = "risk"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"control", "reason"})

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="scores")
    period = models.ForeignKey(OperatingPeriod, models.PROTECT, related_name="scores")
    number = models.IntegerField()
    method = models.CharField(max_length=60)
    method_on = models.DateField()
    inputs = models.JSONField()
    drawn = models.JSONField(default=dict, blank=True)
    inherent = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    net = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    appetite = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    control = models.TextField()
    heading = models.JSONField(default=dict, blank=True)
    reason = models.TextField()
    again = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("score_of_risk"),
            models.UniqueConstraint(fields=["risk", "period", "number"], name="one_score_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_scores_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(control="") & ~Q(reason="") & ~Q(key=""),
                name="a_score_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"score {self.number} of {self.risk_id} in {self.period_id}"


class Proposal(Kept, Classified):
    """The likelihood that findings propose: the prior, what was seen, and what follows from both.

    The prior's two sides are fractions as text. `seen` counts months of parties, or of whoever a measure
    grades, from `first` to `last`, and `found` those with a finding; `findings` are the references. `month`,
    `low`, `high` and `year` are chances. It is a draft always: it tells of findings on parties.
    """

    TYPE = "risk"

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="proposals")
    period = models.ForeignKey(OperatingPeriod, models.PROTECT, related_name="proposals")
    number = models.IntegerField()
    prior_found = models.CharField(max_length=20)
    prior_clear = models.CharField(max_length=20)
    first = models.CharField(max_length=10)
    last = models.CharField(max_length=10)
    seen = models.IntegerField()
    found = models.IntegerField()
    findings = models.JSONField(default=list, blank=True)
    month = models.DecimalField(max_digits=8, decimal_places=6)
    low = models.DecimalField(max_digits=8, decimal_places=6)
    high = models.DecimalField(max_digits=8, decimal_places=6)
    year = models.DecimalField(max_digits=8, decimal_places=6)
    step = models.IntegerField()
    method = models.CharField(max_length=60)
    method_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("proposal_of_likelihood"),
            models.UniqueConstraint(fields=["risk", "period", "number"], name="one_proposal_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_proposes_one_likelihood"),
            models.CheckConstraint(
                condition=Q(number__gte=1, step__gte=1, found__gte=0, seen__gte=1) & ~Q(key=""),
                name="a_proposal_rests_on_what_was_seen",
            ),
        ]

    def __str__(self) -> str:
        return f"proposal {self.number} of {self.risk_id} in {self.period_id}"


class Answer(Kept, Classified):
    """That somebody accepted or declined a proposed likelihood, and why."""

    TYPE = "risk"
    WORDS: ClassVar[frozenset[str]] = frozenset({"reason"})

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="answer")
    is_accepted = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("answer_to_likelihood"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(key=""), name="an_answer_says_why"),
        ]

    def __str__(self) -> str:
        return f"answer to {self.proposal_id}"

"""A comparison of parties: the figures of each in frozen sheets, and what was printed of them.

They are rated by a measure over months, or stand in a league by their open issues on a day.

What parties and readers are shown of each other stands in rows of its own, which never held anything else:
a figure that is withheld from them is not in them.
"""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Organisation, Person
from tallystick.processes.models import Course
from tallystick.rulebook.periods import Span

KEY = 64
COUNTED, FEW, WITHHELD = "counted", "few", "withheld"
STATES_OF_A_LINE = [(COUNTED, "Compared"), (FEW, "Too few events"), (WITHHELD, "Withheld to keep others")]
RATING, LEAGUE = "rating", "league"
NOTHING_SHOWN = Q(numerator=None, denominator=None, rank=None, rating="", share="", points="", issues="")
SHOWN = Q(rank__gte=1) & (~Q(share="") | ~Q(points=""))
COUNTS = Q(numerator=None, denominator=None) | Q(numerator__gte=0, denominator__gte=F("numerator"))


class Publication(Kept, Classified):
    """A comparison of the parties of a category. Where it stands is its course's to say.

    A rating is by `measure`, from the month `first` to the month `last`. A league is by the issues that were
    open on the day `counted_on`, within the one month that both of them are.

    Its class says who reads it once it is published; `names` whether they read names, or aliases made for it
    alone. `version` is the number of the sheet that counts and `seal` its hash; `recommended_by` the body
    that recommended it. `key` is that of the form.
    """

    TYPE = "publication"
    CHANGES: ClassVar[frozenset[str]] = frozenset(
        {*("body", "publicity", "version", "seal", "recommended_by", "published_on", "ended_at")}
    )
    WORDS: ClassVar[frozenset[str]] = frozenset({"why"})

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(
        max_length=6,
        choices=[(RATING, "Rating by a measure"), (LEAGUE, "League of open issues")],
        default=RATING,
    )
    measure = models.CharField(max_length=60, blank=True)
    counted_on = models.DateField(null=True, blank=True)
    category = models.CharField(max_length=60)
    first = models.CharField(max_length=10)
    last = models.CharField(max_length=10)
    names = models.BooleanField()
    why = models.TextField()
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    version = models.IntegerField(default=1)
    seal = models.CharField(max_length=64)
    recommended_by = models.CharField(max_length=20, blank=True)
    published_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("publication"),
            models.UniqueConstraint(fields=["drafted_by", "key"], name="a_form_drafts_one_publication"),
            models.CheckConstraint(
                condition=~Q(why="") & ~Q(key="") & ~Q(seal="") & Q(version__gte=1),
                name="a_publication_says_why",
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first"), party=None), name="a_publication_is_of_months_and_no_party"
            ),
            models.CheckConstraint(
                condition=~Q(classification="white", names=True), name="the_public_reads_no_names"
            ),
            models.CheckConstraint(
                condition=(Q(kind=RATING, counted_on=None) & ~Q(measure=""))
                | (Q(kind=LEAGUE, measure="", counted_on__isnull=False) & ~Q(category="")),
                name="a_rating_has_a_measure_and_a_league_a_day",
            ),
        ]
        indexes = [models.Index(fields=["code", "measure"], name="publications_by_measure")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_league(self) -> bool:
        return self.kind == LEAGUE

    @property
    def day(self) -> dt.date:
        """The day whose rules it goes by: that on which issues were counted, or the last of its months."""
        return self.counted_on or Span.parse(self.last).last


class OfPublication(Kept, Classified):
    """A row that belongs to a comparison, and is before whom that is before."""

    TYPE = "publication"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"body", "publicity"})

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class Sheet(OfPublication):
    """The figures of a comparison as they were frozen at once; a correction freezes another.

    `seal` is the hash of all that its lines say, names and numbers and places.
    """

    WORDS: ClassVar[frozenset[str]] = frozenset({"why"})

    number = models.IntegerField()
    seal = models.CharField(max_length=64)
    why = models.TextField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("sheet_of_publication"),
            models.UniqueConstraint(fields=["publication", "number"], name="one_sheet_of_a_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(seal="") & ~Q(why=""), name="a_sheet_is_sealed_and_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"sheet {self.number} of {self.publication_id}"


class ComparedLine(OfPublication):
    """What one party did, as a sheet has it; `state` says whether readers will be shown it.

    `version` is the number of the sheet, `rank` the place among those who are shown, `rating` the level that
    was reached. A line of a league counts no events: `issues` has, by severity, how many were open and the
    days they had been open together, and `points` what that comes to.
    """

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="compared_lines")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="lines")
    version = models.IntegerField()
    alias = models.CharField(max_length=20)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=STATES_OF_A_LINE)
    rank = models.IntegerField(null=True, blank=True)
    rating = models.CharField(max_length=20, blank=True)
    issues = models.JSONField(default=dict, blank=True)
    points = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)

    class Meta:
        constraints = [
            *classed("compared_line"),
            models.UniqueConstraint(fields=["sheet", "party"], name="one_line_of_a_party_in_a_sheet"),
            models.UniqueConstraint(fields=["sheet", "alias"], name="one_line_of_an_alias_in_a_sheet"),
            models.CheckConstraint(
                condition=Q(numerator__gte=0, denominator__gte=F("numerator"))
                & (Q(state=COUNTED, rank__gte=1) | Q(state__in=[FEW, WITHHELD], rank=None)),
                name="a_compared_line_has_a_place_if_it_is_shown",
            ),
            models.CheckConstraint(
                condition=Q(points=None) | Q(points__gte=0, denominator=0, state=COUNTED),
                name="a_line_of_a_league_counts_no_events",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]), name="a_compared_line_is_confidential"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alias} of {self.publication_id}"


class PrintedLine(OfPublication):
    """What readers are shown of one party: a name or an alias, and its figure unless that is withheld.

    Beside an alias there is no count, which would tell who is how large. In a league `points` stand in the
    place of a share, and `issues` says beside a name how many are open, and for how long.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="printed")
    version = models.IntegerField()
    place = models.IntegerField()
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=STATES_OF_A_LINE)
    share = models.CharField(max_length=10, blank=True)
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    rank = models.IntegerField(null=True, blank=True)
    rating = models.CharField(max_length=20, blank=True)
    points = models.CharField(max_length=20, blank=True)
    issues = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            *classed("printed_line"),
            models.UniqueConstraint(fields=["sheet", "place"], name="one_printed_line_of_a_place"),
            models.CheckConstraint(
                condition=(Q(state=COUNTED) & SHOWN & COUNTS) | (Q(state=WITHHELD) & NOTHING_SHOWN),
                name="what_is_withheld_is_not_printed",
            ),
            models.CheckConstraint(condition=Q(party=None), name="a_printed_line_belongs_to_no_party"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.publication_id}"


class Query(Kept, Classified):
    """What a party says against its own line, and what it was answered."""

    CHANGES: ClassVar[frozenset[str]] = frozenset(
        {*("body", "publicity", "answer", "is_upheld", "answered_by", "answered_at", "answer_key")}
    )
    WORDS: ClassVar[frozenset[str]] = frozenset({"words", "answer"})

    number = models.IntegerField()
    version = models.IntegerField()
    words = models.TextField()
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    key = models.CharField(max_length=KEY)
    answer = models.TextField(blank=True)
    is_upheld = models.BooleanField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_key = models.CharField(max_length=KEY, blank=True)

    class Meta:
        abstract = True


WHOLE = (~Q(words="") & ~Q(key="")) & (
    Q(answer="", answered_at=None, answered_by=None, is_upheld=None)
    | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False, is_upheld__isnull=False))
)


class PublicationQuery(Query):
    """A query of a party against its line of a comparison, while the window is open."""

    TYPE = "publication"

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="publication_queries")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="queries")

    class Meta:
        constraints = [
            *classed("publication_query"),
            models.UniqueConstraint(fields=["publication", "number"], name="one_query_of_a_number"),
            models.UniqueConstraint(fields=["asked_by", "key"], name="a_form_queries_a_line_once"),
            models.CheckConstraint(condition=WHOLE, name="a_query_is_answered_as_a_whole"),
        ]

    def __str__(self) -> str:
        return f"query {self.number} of {self.publication_id}"

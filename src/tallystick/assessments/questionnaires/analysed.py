"""What the answers to a questionnaire say together: counts and shares, by question and by category.

Every share is told with both its sides. Whoever is not of the office is shown nothing from which the answer
of a few parties could be told: `least` is the fewest that are told of together.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tallystick.assessments.questionnaires.questions import DAY, NUMBER, ONE, SEVERAL, Picked, Question, Said

HUNDRED = 100


@dataclass(frozen=True)
class Sent:
    """What one party sent."""

    party: str
    category: str
    picked: Picked
    words: Said


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    label: str
    count: int
    of: int

    @property
    def percent(self) -> Decimal | None:
        """Return it in per cent to one place; None of nothing."""
        if not self.of:
            return None
        return (Decimal(self.count * HUNDRED) / self.of).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Spread:
    """The least, the middle and the most of what was answered, as text."""

    least: str
    middle: str
    most: str


@dataclass(frozen=True)
class Analysed:
    """What was answered to one question: by how many of those who sent anything.

    Where it `is_withheld`, too few answered, or chose one of its choices, to tell others of it.
    """

    question: Question
    answered: Share
    shares: tuple[Share, ...] = ()
    spread: Spread | None = None
    said: tuple[tuple[str, str], ...] = ()
    is_withheld: bool = False


@dataclass(frozen=True)
class Row:
    """Of one category: how many of those that were asked have answered; None where that is withheld."""

    category: str
    asked: int
    answered: int | None

    @property
    def share(self) -> Share | None:
        return None if self.answered is None else Share(self.category, self.answered, self.asked)


def analyse(
    questions: Iterable[Question], sent: Sequence[Sent], asked: int, least: int | None = None
) -> list[Analysed]:
    """Return what was answered to each question.

    :param asked: how many parties were asked
    :param least: the fewest that others are told of together; None for the office, which is told all
    """
    if least is not None and _is_few(asked, len(sent), least):
        return [Analysed(one, Share("", 0, 0), is_withheld=True) for one in questions]
    return [_analysed(one, sent, least) for one in questions]


def _analysed(one: Question, sent: Sequence[Sent], least: int | None) -> Analysed:
    values = [each.picked[one.key] for each in sent if one.key in each.picked]
    said = [(each.party, each.words[one.key]) for each in sent if one.key in each.words]
    answered = len(values) + len(said)
    shares: tuple[Share, ...] = ()
    if one.kind in (ONE, SEVERAL):
        counted = Counter(number for value in values for number in value)
        shares = tuple(
            Share(words, counted[str(number)], answered) for number, words in enumerate(one.choices, start=1)
        )
    if least is None:
        return Analysed(one, Share("", answered, len(sent)), shares, _spread(one, values), tuple(said))
    # Whoever did not choose a thing is told of as well: of five who answered, four that chose leave one.
    few = [count for share in shares for count in (share.count, answered - share.count) if count]
    silent = len(sent) - answered
    if min((answered, *few, *([silent] if silent else []))) < least:
        return Analysed(one, Share("", 0, 0), is_withheld=True)
    return Analysed(one, Share("", answered, len(sent)), shares)


def _spread(one: Question, values: Sequence[Sequence[str]]) -> Spread | None:
    """Return how numbers or days lie; the middle of an even number of them is the lower of the two."""
    if one.kind not in (NUMBER, DAY) or not values:
        return None
    ordered = sorted((value[0] for value in values), key=Decimal if one.kind == NUMBER else str)
    return Spread(ordered[0], ordered[(len(ordered) - 1) // 2], ordered[-1])


def by_category(
    asked: Mapping[str, str], answered: Iterable[str], least: int | None = None
) -> tuple[list[Row], Row]:
    """Return how many answered of each category and of all, by the categories of those that were asked.

    Withheld from others is what would tell of fewer than the least, on either side; and as many more, the
    smallest first, as it takes for those withheld to be no fewer together: they could be told from the whole.

    :param asked: the category of each party that was asked
    """
    those = set(answered)
    total, sent = Counter(asked.values()), Counter(asked[one] for one in those if one in asked)
    rows = {key: Row(key, total[key], sent[key]) for key in sorted(total)}
    whole = Row("", sum(total.values()), sum(sent.values()))
    if least is None:
        return list(rows.values()), whole
    hidden = {key for key in rows if _is_few(total[key], sent[key], least)}
    rest = sorted(set(rows) - hidden, key=lambda key: (total[key], key))
    while hidden and rest and (len(hidden) == 1 or _is_few(*_together(hidden, total, sent), least)):
        hidden.add(rest.pop(0))
    shown = [Row(key, row.asked, None) if key in hidden else row for key, row in rows.items()]
    is_few = _is_few(whole.asked, sum(sent.values()), least)
    return shown, Row("", whole.asked, None) if is_few else whole


def _together(keys: Iterable[str], total: Mapping[str, int], sent: Mapping[str, int]) -> tuple[int, int]:
    several = list(keys)
    return sum(total[key] for key in several), sum(sent[key] for key in several)


def _is_few(asked: int, answered: int, least: int) -> bool:
    """Tell whether one side of the count would tell of too few: that nobody did tells of all of them."""
    return asked < least or any(0 < side < least for side in (answered, asked - answered))

"""The words of a risk apart from rows: taken from the rulebook, from a form, or from an earlier version."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from tallystick.risks.models import Wording
from tallystick.risks.models.risk import LONGEST_PART, LONGEST_TITLE
from tallystick.rulebook.risks import RiskText
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.terms import UNCONFIRMED

LONGEST = 2_000
WORDS = ("title", "risk_that", "resulting_in", "factors", "elsewhere", "note")


@dataclass(frozen=True)
class Words:
    """What a risk says; the fields are those of a `Wording`."""

    title: str
    risk_that: str
    resulting_in: str
    clauses: tuple[str, ...] = ()
    area: str = ""
    obligations: tuple[str, ...] = ()
    caused_by: tuple[str, ...] = ()
    controlled_by: tuple[str, ...] = ()
    factors: Mapping[str, str] = field(default_factory=dict)
    factor_owed: Mapping[str, str] = field(default_factory=dict)
    indicators: tuple[str, ...] = ()
    drivers: tuple[str, ...] = ()
    assurance: tuple[str, ...] = ()
    owner: str = ""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    elsewhere_source: Mapping[str, str] = field(default_factory=dict)
    source: str = "assumed"
    verified: bool = False
    note: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """The same as columns of a row, which keep lists."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        }


def of_rulebook(text: RiskText) -> Words:
    """Return a risk as its code begins with it."""
    return Words(
        title=text.title,
        risk_that=text.risk_that,
        resulting_in=text.resulting_in,
        clauses=tuple(text.clause),
        area=text.area or "",
        obligations=text.obligations,
        caused_by=text.caused_by,
        controlled_by=text.controlled_by,
        factors={str(place): one.says for place, one in enumerate(text.factors, start=1)},
        factor_owed={
            str(place): one.obligation for place, one in enumerate(text.factors, start=1) if one.obligation
        },
        indicators=text.indicators,
        drivers=text.drivers,
        assurance=text.assurance,
        owner=text.owner or "",
        elsewhere={
            str(place): " · ".join(part for part in (one.code, one.reference, one.owner) if part)
            for place, one in enumerate(text.elsewhere, start=1)
        },
        elsewhere_source={str(place): one.source for place, one in enumerate(text.elsewhere, start=1)},
        source=text.source,
        verified=bool(text.verified),
        note=text.note,
    )


def of_wording(wording: Wording) -> Words:
    """Return the words of a version."""
    told: dict[str, Any] = {}
    for name in Words.__dataclass_fields__:
        value = getattr(wording, name)
        told[name] = tuple(value) if isinstance(value, list) else value
    return Words(**told)


def refusal_of(words: Words, why: str, rulebook: Rulebook) -> str:
    """Return why words are none of a risk of the code, or nothing where they are."""
    return next(_refusals(words, why, rulebook), "")


def _refusals(words: Words, why: str, rulebook: Rulebook) -> Iterator[str]:
    for name, most in (("title", LONGEST_TITLE), ("risk_that", LONGEST_PART), ("resulting_in", LONGEST_PART)):
        said = getattr(words, name)
        if not said.strip() or len(said) > most:
            yield f"Say the {name.replace('_', ' ')}, in {most} characters at most."
    if not why.strip() or len(why) > LONGEST:
        yield f"Say why, in {LONGEST} characters at most."
    code = rulebook.code
    who = {*code.providers, *code.roles, *code.categories, *rulebook.bodies}
    known: tuple[tuple[str, Iterable[str], Collection[str]], ...] = (
        ("obligation", (*words.obligations, *words.factor_owed.values()), rulebook.obligations),
        ("measure", words.indicators, rulebook.measures),
        ("area", [words.area] if words.area else [], code.areas),
        ("role, category, provider or body", (*words.caused_by, *words.controlled_by), who),
        ("driver", words.drivers, code.drivers),
        ("mechanism of assurance", words.assurance, code.assurance),
        ("body", [words.owner] if words.owner else [], rulebook.bodies),
        ("source", words.elsewhere_source.values(), {*code.sources, *UNCONFIRMED}),
    )
    for what, told, there in known:
        strange = [one for one in told if one not in there]
        if strange:
            yield f"The code has no {what} {strange[0][:60]!r}."

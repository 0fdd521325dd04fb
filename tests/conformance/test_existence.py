"""What one may not see and what there is not answer with the same bytes."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conformance.answers import plain
from tests.conformance.cast import BY_NAME, CAST
from tests.conformance.conftest import Note
from tests.conformance.judge import Judge, Who
from tests.conformance.knocking import Knocking
from tests.conformance.probes import Place, places
from tests.conformance.world import World

pytestmark = pytest.mark.django_db
REFERENCE = re.compile(r"CNRY\d{10}|ZZ-\d\d(?=/)")
UNUSED = str.maketrans("0123456789", "9999999999")
SEVERAL = ("public", "newcomer", "observer", "seconded")
# One address a name and class of thing is enough: what answers is the same door.
MANY = os.environ.get("TALLY_PROBES") == "many"
EVERY = 3 if MANY else 1


@dataclass(frozen=True)
class Pair:
    """An address that leads to something hidden from somebody, and one that leads to nothing."""

    who: Who
    place: Place
    hidden: str
    nothing: str


def hidden(world: World, judge: Judge) -> Iterator[Pair]:
    """Yield what each person may not see behind doors that they may open."""
    for who in CAST:
        kept: dict[str, int] = {}
        for place in places(world):
            if not place.exists or not place.needs or all(judge.may(who, "r", what) for what in place.needs):
                continue
            if not judge.is_let_in(who, place.name, place.methods[0]) or not REFERENCE.search(place.address):
                continue
            kept[place.name] = kept.get(place.name, 0) + 1
            if kept[place.name] <= EVERY:
                yield Pair(who, place, place.address, REFERENCE.sub(_unused, place.address))


def _unused(found: re.Match[str]) -> str:
    """Return a reference of the same shape that nothing has."""
    return found[0].translate(UNUSED)


class TestWhatIsHidden:
    def test_answers_as_what_is_not_there(self, world: World, judge: Judge, record_property: Note) -> None:
        knocking, pairs = Knocking(world, judge), list(hidden(world, judge))

        told_apart = [
            f"{pair.who.name} {method} {pair.hidden}"
            for pair in pairs
            for method in ((*pair.place.methods, "OPTIONS") if MANY else pair.place.methods[:1])
            if plain(knocking.ask(pair.who, method, pair.hidden, pair.place.sent))
            != plain(knocking.ask(pair.who, method, pair.nothing, pair.place.sent))
        ]

        doors = {pair.place.name for pair in pairs}
        told = f"Existence: {len(pairs)} pairs behind {len(doors)} doors, {len(told_apart)} told apart"
        record_property("counted", told)
        assert told_apart == []
        assert doors >= {
            *("submission", "corrected", "commit", "discard", "finding", "lines", "run", "cancel_run"),
            *("exclusion", "check_exclusion", "answer_question", "history", "history_receipt"),
            *("measure_month", "measure_month_as"),
        }

    def test_month_answers_as_one_that_nobody_graded(self, world: World, judge: Judge) -> None:
        knocking = Knocking(world, judge)
        period = next(
            made.row.period for made in world.rows["run"] if made.what.cls == "red" and made.row.is_current
        )

        for who in map(BY_NAME.__getitem__, SEVERAL):
            for form in ("", ".json"):
                one, other = (
                    knocking.ask(who, "GET", f"/sec/performance/{name}{form}") for name in (period, "1999-01")
                )
                assert plain(one) == plain(other) or one.status_code == 200, (who.name, form)

    def test_is_not_found_by_searching(self, world: World, judge: Judge) -> None:
        knocking = Knocking(world, judge)
        rows = [made for kind in ("submission", "finding", "run") for made in world.rows[kind]]

        for who in map(BY_NAME.__getitem__, SEVERAL):
            unseen = [made for made in rows if not judge.may(who, "r", made.what)][::12]
            for made in unseen:
                reference = str(made.row)
                other = _unused(REFERENCE.search(reference))  # type: ignore[arg-type]  # every reference has one
                nothing = REFERENCE.sub(other, reference)
                one = plain(knocking.ask(who, "GET", f"/sec/search?q={reference}"))
                two = plain(knocking.ask(who, "GET", f"/sec/search?q={nothing}"))
                assert one[1].replace(reference.encode(), nothing.encode()) == two[1], who.name
                assert (one[0], one[2]) == (two[0], two[2])

    def test_page_is_one_whatever_the_reason(self, world: World, judge: Judge) -> None:
        knocking = Knocking(world, judge)
        red = next(str(made.row) for made in world.rows["submission"] if made.what.cls == "red")
        reasons = (
            "/nowhere/at/all",
            "/sec/nowhere",
            "/other/performance",
            "/sec/evidence/no-such",
            f"/sec/evidence/{red}",
            f"/sec/history/submission/{world.rows['submission'][-1].row.handle}",
            "/sec/people/",
        )

        for who in map(BY_NAME.__getitem__, ("public", "newcomer", "observer")):
            answers = {plain(knocking.ask(who, "GET", address)) for address in reasons}
            assert len(answers) == 1, who.name
            assert next(iter(answers))[0] == 404

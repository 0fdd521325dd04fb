"""Lists, by three ways in which lists elsewhere leaked: a given id, an empty choice, a sibling's door."""

from typing import Any

import pytest

from tests.conformance.answers import SECRET, body, secrets_in
from tests.conformance.cast import ALFA, BRVO, BY_NAME
from tests.conformance.judge import Judge, Who
from tests.conformance.knocking import Knocking
from tests.conformance.probes import Place, Probe, at
from tests.conformance.world import JULY, World

pytestmark = pytest.mark.django_db
READERS = ("public", "newcomer", "party_delegate", "seconded", "observer")
# What each list is of, and the field of each row that stands on it.
LISTS = {
    "findings": ("finding", "why"),
    "findings.csv": ("finding", "why"),
    "findings.xlsx": ("finding", "why"),
    "evidence": ("submission", "reference"),
    "exclusions": ("exclusion", "row_key"),
    "runs": ("run", "reference"),
    "measures": ("measure", "title"),
    f"performance/{JULY}": ("measure", "title"),
    f"performance/{JULY}.json": ("finding", "why told"),
    "obligations/OBL-SERVICE-LEVELS": ("finding", "reference"),
    "decisions": ("motion", "title"),
    "decisions.json": ("decision", "title"),
}
ROUTES = {
    "findings.csv": "findings_as",
    "findings.xlsx": "findings_as",
    "decisions.json": "decisions_as",
    f"performance/{JULY}": "month",
    f"performance/{JULY}.json": "month_as",
    "obligations/OBL-SERVICE-LEVELS": "obligation",
}


@pytest.fixture
def knocking(world: World, judge: Judge) -> Knocking:
    return Knocking(world, judge)


def readers(judge: Judge, name: str) -> list[Who]:
    """Return who of a few may open a list."""
    return [BY_NAME[one] for one in READERS if judge.is_let_in(BY_NAME[one], route_of(name), "GET")]


def route_of(name: str) -> str:
    return ROUTES.get(name, name)


def foreign(knocking: Knocking, who: Who, address: str, name: str) -> set[str]:
    """Return the secrets on a page that are not for whoever asked, but for what they wrote themselves."""
    answer = knocking.ask(who, "GET", address)
    assert answer.status_code in (200, 302, 404), address
    allowed = knocking.known.to(Probe(Place(route_of(name), address), "GET", who))
    return secrets_in(answer) - allowed - set(SECRET.findall(address))


class TestAList:
    @pytest.mark.parametrize(
        "name",
        ["findings", "findings.csv", "evidence", "exclusions", "runs", "decisions", "decisions.json"],
    )
    def test_holds_all_that_one_may_see_and_nothing_else(
        self, world: World, judge: Judge, knocking: Knocking, name: str
    ) -> None:
        kind, field = LISTS[name]

        for who in readers(judge, name):
            listed = secrets_in(knocking.ask(who, "GET", f"/sec/{name}"))
            of_kind = {
                said
                for said, secret in world.secrets.items()
                if (secret.what.type, secret.field) == (kind, field)
            }
            wanted = {said for said in of_kind if judge.may(who, "r", world.secrets[said].what)}
            assert listed & of_kind == wanted, who.name


class TestAnIdOfAnothers:
    @pytest.mark.parametrize("name", LISTS)
    def test_opens_nothing(self, world: World, judge: Judge, knocking: Knocking, name: str) -> None:
        row: Any = next(
            made.row
            for made in world.rows["finding"]
            if (made.what.cls, made.what.party, made.what.state) == ("red", BRVO, "issued")
        )
        party = world.crowd.parties[BRVO]
        asked = (
            f"?id={row.pk}&pk={row.pk}&finding={row.pk}",
            f"?reference={row.reference}&handle={row.handle}",
            f"?party={party.slug}&organisation={party.pk}&party_id={party.pk}",
            f"?subject={row.subject}&state={row.state}&at=2030-01-01",
            "?code=other&role=analyst&visible=all&show=all",
        )

        for who in readers(judge, name):
            for query in asked:
                assert foreign(knocking, who, f"/sec/{name}{query}", name) == set(), (who.name, query)


class TestAnEmptyChoice:
    @pytest.mark.parametrize("name", LISTS)
    def test_is_none_and_never_all(self, judge: Judge, knocking: Knocking, name: str) -> None:
        empty = "?period=&state=&stream=&obligation=&party=&id=&ids=&page=&q="

        for who in readers(judge, name):
            assert foreign(knocking, who, f"/sec/{name}{empty}", name) == set(), who.name

    @pytest.mark.parametrize(
        ("name", "query"),
        [
            ("findings", "?period=1999-01"),
            ("findings", "?state=nothing"),
            ("findings", "?obligation=nothing"),
            ("findings.csv", "?period=1999-01"),
        ],
    )
    def test_that_nothing_meets_lists_nothing(
        self, world: World, knocking: Knocking, name: str, query: str
    ) -> None:
        kind = LISTS[name][0]

        answer = knocking.ask(BY_NAME["analyst"], "GET", f"/sec/{name}{query}")

        shown = {world.secrets[said].what.type for said in secrets_in(answer) if said in world.secrets}
        assert answer.status_code == 200
        assert kind not in shown

    @pytest.mark.parametrize("query", ["?stream=nothing", "?state=nothing"])
    def test_that_no_submission_meets_lists_none(self, knocking: Knocking, query: str) -> None:
        page = knocking.ask(BY_NAME["analyst"], "GET", f"/sec/evidence{query}").content.decode()

        assert "No submission here" in page
        assert "<span>0 submissions</span>" in page

    def test_of_who_has_nothing_is_what_all_may_see(self, world: World, knocking: Knocking) -> None:
        answer = knocking.ask(BY_NAME["newcomer"], "GET", "/sec/evidence")

        shown = {
            (secret.what.cls, secret.what.state)
            for said in secrets_in(answer)
            if (secret := world.secrets.get(said)) and secret.what.type == "submission"
        }
        assert shown <= {("white", "issued"), ("green", "issued")}


class TestASiblingsDoor:
    def test_of_another_kind_is_not_there(self, world: World, knocking: Knocking) -> None:
        rows = {kind: world.rows[kind][-1].row for kind in ("submission", "run", "finding", "exclusion")}
        asked = [
            at(name, str(row))
            for name in ("submission", "run", "finding", "exclusion")
            for kind, row in rows.items()
            if kind != name
        ]
        asked += [at("history", kind, rows[other].handle) for kind in rows for other in rows if kind != other]

        for address in asked:
            assert knocking.ask(BY_NAME["chair"], "GET", address).status_code == 404, address

    def test_under_a_record_that_may_be_seen_shows_no_more(
        self, world: World, judge: Judge, knocking: Knocking
    ) -> None:
        who = BY_NAME["observer"]
        shown = next(
            made
            for made in world.rows["finding"]
            if judge.may(who, "r", made.what) and made.what.cls == "green"
        )
        lists = f"/sec/findings/{shown.row.reference}/lines.csv"

        assert knocking.ask(who, "GET", f"/sec/findings/{shown.row.reference}").status_code == 200
        assert knocking.ask(who, "GET", lists).status_code == 404

    def test_in_another_code_is_not_there(self, world: World, knocking: Knocking) -> None:
        own = next(made for made in world.rows["submission"] if made.what.party == ALFA)

        answer = knocking.ask(BY_NAME["party_delegate"], "GET", f"/permits/evidence/{own.row.reference}")

        assert answer.status_code == 404
        assert own.row.reference.encode() not in body(answer)


class TestAPartOfAPage:
    @pytest.mark.parametrize(
        ("name", "route", "target"),
        [
            (f"performance/{JULY}?show=all", "month", "measures"),
            ("findings", "findings", "register"),
            ("decisions", "decisions", "register"),
        ],
    )
    def test_shows_no_more_than_the_whole(
        self, world: World, judge: Judge, knocking: Knocking, name: str, route: str, target: str
    ) -> None:
        for who in readers(judge, route):
            client = world.crowd.client(who)
            answer = client.get(f"/sec/{name}", headers={"HX-Request": "true", "HX-Target": target})
            allowed = knocking.known.to(Probe(Place(route, name), "GET", who))
            assert answer.status_code == 200
            assert secrets_in(answer) - allowed == set(), who.name

    def test_of_a_vote_is_as_hidden_as_the_motion(self, world: World, judge: Judge) -> None:
        who = BY_NAME["seconded"]
        asks = {"HX-Request": "true", "HX-Target": "stands"}
        client = world.crowd.client(who)

        for made in world.rows["motion"]:
            answer = client.get(at("motion", made.row.reference), headers=asks)
            assert (answer.status_code == 200) is judge.may(who, "r", made.what), made.what

    def test_of_a_run_is_as_hidden_as_the_run(self, world: World, judge: Judge) -> None:
        who = BY_NAME["party_delegate"]
        asks = {"HX-Request": "true", "HX-Target": "progress"}
        client = world.crowd.client(who)

        for made in world.rows["run"]:
            answer = client.get(at("run", made.row.reference), headers=asks)
            assert (answer.status_code == 200) is judge.may(who, "r", made.what), made.what

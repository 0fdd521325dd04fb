"""What is done with the part of a party."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tallystick.assessments.models import Certificate, Correction, ItemResult, Part, Sample, Tally
from tallystick.assessments.sampling.sampled import drawn_of
from tallystick.assessments.techniques.operations.testing import list_items
from tallystick.parties.acting import Acting
from tests.assessments.cast import AUDIT, TESTING, Cast, key
from tests.assessments.doors import browser, key_of, text

pytestmark = pytest.mark.django_db
SAMPLE = {"population": "Hubs", "confidence": "95", "tolerable": "10", "accepted": "0", "seed": "PAB 12"}


def address(part: Part) -> str:
    return f"/sec/applications/{part.application}/parts/{part.party.slug}"


def sends(who: Acting, part: Part, name: str, **told: Any) -> Any:
    """Fill in the form of a page, and send it."""
    client = browser(who)
    at = f"{address(part)}/{name}"
    return client.post(at, {"key": key_of(client, at), **told})


class TestAnswer:
    def test_acknowledges_guidance(self, cast: Cast) -> None:
        part = cast.part(cast.started())

        answer = sends(cast.ada, part, "answer", answer="")

        part.refresh_from_db()
        assert (answer.status_code, part.outcome) == (302, "acknowledged")
        assert sends(cast.ada, part, "answer", answer="Again.").status_code == 409

    def test_asks_for_words_elsewhere(self, cast: Cast) -> None:
        part = cast.part(cast.started(AUDIT))

        assert sends(cast.ada, part, "answer", answer="").status_code == 422
        assert sends(cast.jo, part, "answer", answer="Come in October.").status_code == 302
        part.refresh_from_db()
        assert part.by_office

    def test_is_not_there_for_another_party(self, cast: Cast) -> None:
        part = cast.part(cast.started())
        at = f"/sec/applications/{part.application}/parts/alfa/answer"

        assert browser(cast.ben).post(at, {"key": "x", "answer": ""}).status_code == 404


class TestOffice:
    def test_records_outcome_items_and_certificates(self, cast: Cast) -> None:
        row = cast.begun(TESTING)
        list_items(
            application=row, items={"Installs": True, "Reads": False}, key=key(), **cast.doing(cast.jo)
        )
        cast.start(row)
        part, review = cast.part(row), cast.part(cast.started("conformity_review"))
        days = {"valid_from": "2021-09-01", "valid_until": "2027-08-31"}

        sends(cast.jo, part, "items", item_1="passed", item_2="", note="")
        sends(cast.jo, part, "outcome", outcome="passed", result="")
        sends(cast.jo, review, "certificates", device_model="Hub 200", reference="CPL-1", **days)

        part.refresh_from_db()
        assert part.outcome == "passed"
        assert ItemResult.objects.get().outcome == "passed"
        assert Certificate.objects.get().reference == "CPL-1"

    def test_says_an_outcome_otherwise(self, cast: Cast) -> None:
        part = cast.part(cast.started(AUDIT))
        assert browser(cast.jo).get(f"{address(part)}/outcome/otherwise").status_code == 404
        cast.conclude(part, "does_not_conform", "Three of 40 failed.")

        asked = text(browser(cast.jo).get(f"{address(part)}/outcome/otherwise"))
        told = {"outcome": "conforms", "result": ""}
        silent = sends(cast.jo, part, "outcome/otherwise", why="", **told)
        answer = sends(cast.jo, part, "outcome/otherwise", why="They were sent again.", **told)

        assert "It stands as: does not conform." in asked
        assert (silent.status_code, answer.status_code) == (422, 302)
        assert Correction.objects.get().why == "They were sent again."

    def test_is_alone_with_its_forms(self, cast: Cast) -> None:
        part = cast.part(cast.started(AUDIT))
        at = f"/sec/applications/{part.application}/parts/alfa"

        codes = {browser(cast.ada).get(f"{at}/{one}").status_code for one in ("outcome", "items", "sample")}

        assert codes == {404}


class TestSample:
    def test_is_drawn_from_a_list_that_is_pasted_or_sent(self, cast: Cast) -> None:
        row = cast.started(AUDIT)
        file = SimpleUploadedFile("hubs.txt", b"hub-1\nhub-2\nhub-3\n")

        pasted = sends(cast.jo, cast.part(row), "sample", way="listed", lines="hub-1\nhub-2", **SAMPLE)
        sent = sends(cast.jo, cast.part(row, cast.brvo), "sample", way="listed", file=file, **SAMPLE)

        assert (pasted.status_code, sent.status_code) == (302, 302)
        assert [one.size for one in Sample.objects.order_by("size")] == [2, 3]

    @pytest.mark.parametrize(
        "told",
        [
            {"way": "listed", "lines": "<script>"},
            {"way": "listed", "lines": ""},
            {"way": "counted", "lines": "North"},
            {"way": "listed", "file": SimpleUploadedFile("hubs.txt", b"\xff\x00\x01")},
            {"way": "listed", "file": SimpleUploadedFile("hubs.txt", b"x" * 1_600_000)},
        ],
        ids=["script", "nothing", "no count", "no text", "too much"],
    )
    def test_is_not_drawn_from_what_is_no_list(self, cast: Cast, told: dict[str, Any]) -> None:
        answer = sends(cast.jo, cast.part(cast.started(AUDIT)), "sample", **SAMPLE, **told)

        assert answer.status_code == 422
        assert not Sample.objects.exists()

    def test_is_found_item_by_item_or_in_totals(self, cast: Cast) -> None:
        row = cast.started(AUDIT)
        part, other = cast.part(row), cast.part(row, cast.brvo)
        sends(cast.jo, part, "sample", way="listed", lines="hub-1\nhub-2", **SAMPLE)
        sends(cast.jo, other, "sample", way="counted", lines="North, 100", **SAMPLE)

        told = {"found_hub-1": "fails", "found_hub-2": ""}
        sends(cast.jo, part, "sample/found", note="", **told)
        sends(cast.jo, other, "sample/totals", looked_0="25", conform_0="24", fail_0="1", note="")

        [(place, way)] = Tally.objects.get(sample__part=part).outcomes.items()
        assert (drawn_of(Sample.objects.get(part=part))[int(place) - 1][1], way) == ("hub-1", "fails")
        assert Tally.objects.get(sample__part=other).totals == {
            "North": {"looked": 25, "conform": 24, "fail": 1}
        }

    def test_shows_how_each_stands_that_was_told_before(self, cast: Cast) -> None:
        part = cast.part(cast.started(AUDIT))
        sends(cast.jo, part, "sample", way="listed", lines="hub-1\nhub-2", **SAMPLE)
        sends(cast.jo, part, "sample/found", note="", **{"found_hub-1": "fails"})

        page = text(browser(cast.jo).get(f"/sec/applications/{part.application}/parts/alfa/sample/found"))

        assert page.index("hub-2") < page.index("hub-1")
        assert "Fails, as it stands" in page

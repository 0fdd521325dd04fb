import pytest

from tallystick.cases.models import Case
from tallystick.cases.operations.talking import read_messages, send_message, write_note
from tallystick.parties.acting import Acting
from tests.cases.cast import NOTICED, Cast, at, key, landed, on
from tests.cases.views.conftest import browser, text

pytestmark = pytest.mark.django_db


def address(case: Case, end: str = "") -> str:
    return f"/sec/cases/{case.reference}{end}"


def everybody(cast: Cast) -> dict[str, Acting | None]:
    names = ("jo", "sam", "aud", "obs", "ada", "ben", "bo", "hal")
    return {**{name: getattr(cast, name) for name in names}, "public": None}


def who_sees(cast: Cast, case: Case, end: str = "") -> set[str]:
    told = {name: browser(who).get(address(case, end)).status_code for name, who in everybody(cast).items()}
    return {name for name, status in told.items() if status == 200}


class TestCase:
    def test_that_is_a_draft_is_the_offices_and_the_auditors_alone(self, cast: Cast) -> None:
        assert who_sees(cast, cast.opened(landed(cast.alfa))) == {"jo", "sam", "aud"}

    def test_that_the_party_was_told_of_is_no_other_partys(self, cast: Cast) -> None:
        seen = who_sees(cast, cast.told(cast.opened(landed(cast.alfa))))

        assert {"jo", "sam", "ada", "aud"} <= seen
        assert seen.isdisjoint({"ben", "public"})

    def test_answers_others_as_one_that_does_not_exist(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        client = browser(cast.ben)

        there, nowhere = (
            client.get(f"/sec/cases/{one}").content.decode() for one in (case.reference, "CASE-2021-ZZZZ")
        )

        assert there.replace(case.reference, "") == nowhere.replace("CASE-2021-ZZZZ", "")

    def test_shows_its_stages_its_ladder_and_its_clocks(self, cast: Cast) -> None:
        page = text(browser(cast.jo).get(address(cast.told(cast.opened(landed(cast.alfa))))))

        assert page.count('aria-current="step"') == 2
        assert "Right of reply" in page
        assert "10 working days after 7 September 2021" in page
        assert "opens once the case stands in" not in page
        assert "PAB decides" in page
        assert "after the steps above" in page

    def test_has_three_buttons_in_its_head_at_most(self, cast: Cast) -> None:
        page = text(browser(cast.jo).get(address(cast.asked(cast.opened(landed(cast.alfa))))))

        head = page.partition('<div class="acts">')[2].partition("</div>")[0]
        assert 1 <= head.count("<a ") <= 3
        assert "History" in head

    def test_shows_its_party_neither_notes_nor_who_told(self, cast: Cast) -> None:
        case = cast.told(cast.opened(source="third_party", teller="A resident of Mill Lane"))
        write_note(case=case, text="Ask their auditor", key=key(), by=cast.jo, at=at(NOTICED, 12))

        office, party = (text(browser(who).get(address(case))) for who in (cast.jo, cast.ada))

        for words in ("Ask their auditor", "A resident of Mill Lane", "Internal notes"):
            assert words in office
            assert words not in party

    def test_names_members_who_stand_aside_only_by_their_number(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        term = cast.pab.seats.get(name="Seat of Bo").memberships.get()
        term.is_independent, term.employer = False, cast.alfa
        term.save()

        page = text(browser(cast.jo).get(address(case)))

        assert "1 member of the The PAB works for ALFA and is asked to stand aside" in page


class TestMessages:
    def test_of_the_other_side_are_opened_before_they_are_read(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        before = text(browser(cast.ada).get(address(case)))
        read_messages(case=case, by=on(cast.ada, NOTICED), at=at(NOTICED, 12))
        after = text(browser(cast.ada).get(address(case)))

        assert "Please reply." not in before
        assert "1 message to open" in before
        assert "Please reply." in after
        assert "read 7 Sep" in after

    def test_show_what_oneself_wrote(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        send_message(
            case=case, text="We look into it.", key=key(), by=on(cast.ada, NOTICED), at=at(NOTICED, 12)
        )

        assert "We look into it." in text(browser(cast.ada).get(address(case)))
        assert "We look into it." not in text(browser(cast.jo).get(address(case)))

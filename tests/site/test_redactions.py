from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tallystick.cases.attached import Handed
from tallystick.cases.models import AttachedBytes, Attachment
from tallystick.cases.operations.talking import Sending, read_messages, send_message
from tallystick.journal.models import Entry, Payload, Reading, Redaction
from tallystick.journal.redacting import Asked, ask_redaction, redact
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.site import redactions
from tests.cases.cast import NOTICED, at, made_cast, on
from tests.journal.conftest import AT, act
from tests.site import people
from tests.site.entering import enter, today

pytestmark = pytest.mark.django_db
PAGE = "/sec/journal/redactions"
WANTED = {"entry": "3", "reason": "court_order", "authority": "County court, 2021-77"}
In = Callable[..., Client]


@pytest.fixture(autouse=True)
def _log(db: None) -> None:
    for number in range(7):
        act(number)


@pytest.fixture
def signed_in() -> In:
    """Return a way to sign somebody in, in a role, with a second factor shown just now or not."""

    def made(name: str, role: str, *, shown: bool = True) -> Client:
        client, person = Client(), people.person(name)
        enter(client, person, people.role(person, role), shown=shown)
        return client

    return made


@pytest.fixture
def sam(signed_in: In) -> Client:
    return signed_in("Sam Birch", Role.SECRETARY)


@pytest.fixture
def iris(signed_in: In) -> Client:
    return signed_in("Iris Vale", Role.ADMINISTRATOR)


def decided(client: Client, answer: str) -> Any:
    return client.post(f"{PAGE}/{Redaction.objects.get().handle}", {"answer": answer}, follow=True)


class TestAsking:
    def test_waits_for_another_person(self, sam: Client, iris: Client) -> None:
        answer = sam.post(PAGE, WANTED, follow=True)

        assert "It waits for another person" in answer.content.decode()
        assert "waits for another person" in sam.get(PAGE).content.decode()
        assert "Remove for good" in iris.get(PAGE).content.decode()
        assert Payload.objects.filter(pk=3).exists()

    def test_begins_from_the_history_of_a_record(self, sam: Client) -> None:
        assert 'value="5"' in sam.get(f"{PAGE}?entry=5").content.decode()

    @pytest.mark.parametrize(
        "typed", [{"entry": "99"}, {"entry": "-1"}, {"entry": ""}, {"reason": "odd"}, {"authority": ""}]
    )
    def test_says_what_is_wrong_beside_the_field(self, sam: Client, typed: dict[str, str]) -> None:
        answer = sam.post(PAGE, WANTED | typed)

        assert answer.status_code == 422
        assert 'class="error"' in answer.content.decode()
        assert not Redaction.objects.exists()

    def test_answers_for_another_code_as_for_nothing(self, sam: Client) -> None:
        Entry.objects.get(seq=3)
        nothing = sam.post(PAGE, WANTED | {"entry": "99"}).content.decode()

        assert "No words of an entry 99 are here." in nothing

    def test_asks_for_a_second_factor(self, signed_in: In) -> None:
        client = signed_in("Kit Moss", Role.SECRETARY, shown=False)

        client.post(PAGE, WANTED)

        assert not Redaction.objects.exists()


class TestDeciding:
    def test_removes_the_words(self, sam: Client, iris: Client) -> None:
        sam.post(PAGE, WANTED)

        page = decided(iris, "remove").content.decode()

        assert "The words of entry 3 are gone for good." in page
        assert not Payload.objects.filter(pk=3).exists()
        assert "Iris Vale" in page

    def test_removes_what_came_with_them(self, sam: Client, iris: Client) -> None:
        cast = made_cast()
        case = cast.told(cast.opened())
        file, told = Handed("a.txt", b"canary"), {"by": on(cast.ada, NOTICED), "at": at(NOTICED, 12)}
        send_message(case=case, text="See.", key="form-1", sending=Sending(files=[file]), **told)  # type: ignore[arg-type]  # who and when
        sam.post(PAGE, WANTED | {"entry": Entry.objects.latest("seq").seq})

        assert "are gone for good" in decided(iris, "remove").content.decode()

        assert not AttachedBytes.objects.exists()
        assert Attachment.objects.get().is_gone

    def test_removes_the_words_wherever_they_stand(self, sam: Client, iris: Client) -> None:
        cast = made_cast()
        case = cast.told(cast.opened(title="Canary of Alderbrook"))
        send_message(case=case, text="Canary", key="form-1", by=on(cast.ada, NOTICED), at=at(NOTICED, 12))
        read_messages(case=case, by=on(cast.jo, NOTICED), at=at(NOTICED, 12))
        history = f"/sec/history/case/{case.handle}"
        pages = [f"/sec/cases/{case.reference}", history, "/sec/search?q=Alderbrook"]
        assert ["canary" in sam.get(page).content.decode().lower() for page in pages] == [True] * 3
        acts = ("open_case", "send_message")

        for act_ in acts:
            entry = Entry.objects.get(act=f"cases.{act_}")
            sam.post(PAGE, WANTED | {"entry": entry.seq})
            iris.post(f"{PAGE}/{entry.redactions.get().handle}", {"answer": "remove"})

        shown = [sam.get(page).content.decode() for page in pages]
        assert ["canary" in page.lower() for page in shown] == [False] * 3
        orders = Redaction.objects.order_by("pk").values_list("order_id", flat=True)
        assert [f"(#{one})" in shown[0] for one in orders] == [True] * 2
        assert shown[0].count("Removed by order, ") > len(acts)

    def test_leaves_the_words(self, sam: Client, iris: Client) -> None:
        sam.post(PAGE, WANTED)

        assert "stay where they are" in decided(iris, "leave").content.decode()
        assert Payload.objects.filter(pk=3).exists()

    def test_is_not_for_whoever_asked(self, sam: Client) -> None:
        sam.post(PAGE, WANTED)

        page = decided(sam, "remove").content.decode()

        assert "Somebody else has to decide" in page
        assert Payload.objects.filter(pk=3).exists()

    def test_asks_for_a_second_factor_shown_just_now(self, sam: Client, signed_in: In) -> None:
        sam.post(PAGE, WANTED)
        kit = signed_in("Kit Moss", Role.SECRETARY)
        session = kit.session
        session["account_authentication_methods"] = [
            {**one, "at": one["at"] - 1200} for one in session["account_authentication_methods"]
        ]
        session.save()

        page = decided(kit, "remove").content.decode()

        assert "Show your second factor again" in page
        assert Payload.objects.filter(pk=3).exists()

    @pytest.mark.parametrize("answer", ["", "both"])
    def test_knows_two_answers(self, sam: Client, iris: Client, answer: str) -> None:
        sam.post(PAGE, WANTED)

        assert decided(iris, answer).status_code == 404

    def test_of_nothing_is_nothing(self, iris: Client) -> None:
        assert iris.post(f"{PAGE}/0123456789ABCDEFGHJK", {"answer": "remove"}).status_code == 404


class TestTheRegister:
    @pytest.mark.parametrize("role", [Role.ANALYST, Role.CHANGE_TEAM, Role.OBSERVER])
    def test_is_not_there_for_others(self, signed_in: In, role: str) -> None:
        assert signed_in("Jo Tarn", role).get(PAGE).status_code == 404

    def test_is_read_by_the_auditor_who_decides_nothing(self, sam: Client, signed_in: In) -> None:
        sam.post(PAGE, WANTED)
        ed = signed_in("Ed Fern", Role.AUDITOR)

        page = ed.get(PAGE).content.decode()

        assert "County court, 2021-77" in page
        assert "Remove for good" not in page
        assert ed.post(PAGE, WANTED).status_code == 404

    def test_shows_no_words(self, sam: Client, iris: Client) -> None:
        sam.post(PAGE, WANTED)

        assert "tried 3" not in iris.get(PAGE).content.decode()

    def test_notes_who_reads_it(self, iris: Client) -> None:
        iris.get(PAGE)

        assert Reading.objects.get().kind == "redaction"


class TestWaiting:
    def test_is_on_everybody_who_may_decide_but_who_asked(self) -> None:
        sam, kit = (acting(name, Role.SECRETARY) for name in ("Sam Birch", "Kit Moss"))
        jo = acting("Jo Tarn", Role.ANALYST)
        row = ask_redaction(asked=Asked("sec", 3, "secret", "Sam Birch"), by=sam.actor, at=AT)

        assert [len(redactions.waiting(one)) for one in (sam, kit, jo)] == [0, 1, 0]
        assert redactions.waiting(kit)[0].title == "Words of entry 3"

        redact(redaction=row, by=kit.actor, at=AT)
        assert redactions.waiting(kit) == []


def acting(name: str, role: str) -> Acting:
    person: Person = people.person(name)
    return Acting("sec", today(), person, people.role(person, role), AT)

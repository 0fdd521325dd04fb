"""The security of a party is there for itself and for the body that assures it; to all others it is not."""

from typing import Any

import pytest

from tallystick.assessments.models import Assurance, Letter, SecurityStatus, Verification
from tallystick.journal.models import Reading
from tallystick.parties.models import Role
from tests.assessments.doors import browser, key_of, text
from tests.assessments.field_cast import FieldCast
from tests.cases.cast import acting_as

AT = "/sec/security"
SECRETS = (
    "Keys lie open.",
    "Ravensworth Audit",
    "Two doors.",
    "Nell Garrick",
    "We do keep them shut.",
    "Deferred",
)
STRANGERS = ("jo", "sam", "aud", "obs", "ben", "bo", "hal", "pat")


def kept(field: FieldCast) -> Assurance:
    """Keep all there is of ALFA's security."""
    field.set_status()
    field.verified()
    field.lettered(says="We do keep them shut.")
    return Assurance.objects.get()


def everywhere(head: Assurance) -> list[str]:
    """Return every address at which something of it might be found."""
    return [
        *(AT, f"{AT}/alfa", f"{AT}/alfa/status", f"{AT}/alfa/assessment", f"{AT}/alfa/letter"),
        *("/sec/", "/sec/parties", "/sec/parties/alfa", "/sec/search?q=ALFA", "/sec/search?q=Ravensworth"),
        *("/sec/changes", "/sec/waiting", f"/sec/history/security_status/{head.handle}"),
        *(f"/sec/history/security_status/{head.handle}/receipt", "/sec/questionnaires", "/sec/exercises"),
    ]


class TestReaders:
    def test_are_the_party_itself_and_the_body_with_its_secretary(self, field: FieldCast) -> None:
        kept(field)

        for by in (field.ada, field.una, field.max):
            page = text(browser(by).get(f"{AT}/alfa"))
            assert [one for one in SECRETS if one not in page] == [], by.name
            assert "ALFA" in text(browser(by).get(AT))

    @pytest.mark.parametrize("name", STRANGERS)
    def test_are_nobody_else_on_any_page(self, field: FieldCast, name: str) -> None:
        head = kept(field)
        client = browser(getattr(field, name))

        found = {at: client.get(at).content.decode() for at in everywhere(head)}

        assert [at for at, page in found.items() if any(one in page for one in SECRETS)] == []

    @pytest.mark.parametrize("name", [*STRANGERS, "public"])
    def test_cannot_tell_it_from_what_is_not_there(self, field: FieldCast, name: str) -> None:
        who = getattr(field, name, None)
        before = self.answers(who, "0" * 20)
        head = kept(field)

        after = self.answers(who, head.handle)

        assert before == after
        assert {status for status, _ in after[2:]} <= {302, 403, 404}

    def answers(self, who: Any, handle: str) -> list[tuple[int, int]]:
        """Return status and length at each address: the register, its counts, the page, forms and history."""
        client = browser(who)
        addresses = [AT, "/sec/search?q=ALFA", *(f"{AT}/alfa{one}" for one in ("", "/status", "/letter"))]
        addresses += [f"/sec/history/security_status/{handle}{one}" for one in ("", "/receipt")]
        found = [client.get(at) for at in addresses]
        return [(one.status_code, len(one.content.replace(handle.encode(), b""))) for one in found]

    def test_of_another_body_are_none(self, field: FieldCast) -> None:
        kept(field)

        vic = browser(acting_as("Vic", Role.SECRETARY, field.pab))
        wim = browser(acting_as("Wim", Role.COMMITTEE_MEMBER, field.ssc))

        assert {one.get(f"{AT}/alfa").status_code for one in (vic, wim)} == {404}
        assert "ALFA" not in text(vic.get(AT))
        assert wim.get(AT).status_code == 404

    def test_without_a_second_factor_find_nothing(self, field: FieldCast) -> None:
        kept(field)
        client = browser(field.ada)
        session = client.session
        session["account_authentication_methods"] = [
            one for one in session["account_authentication_methods"] if one["method"] != "mfa"
        ]
        session.save()

        assert not [one for one in SECRETS if one in client.get(f"{AT}/alfa").content.decode()]


class TestHistory:
    def test_is_told_to_the_party_and_the_body(self, field: FieldCast) -> None:
        head = kept(field)

        for by in (field.ada, field.una):
            page = text(browser(by).get(f"/sec/history/security_status/{head.handle}"))
            assert "set the security assurance status of ALFA" in page

    def test_notes_that_it_was_read(self, field: FieldCast) -> None:
        kept(field)

        browser(field.max).get(f"{AT}/alfa")

        assert Reading.objects.filter(classification="red").exists()


class TestForms:
    def test_record_all_three(self, field: FieldCast) -> None:
        una = browser(field.una)
        told = {
            "status": {"status": "approved", "set_on": "2021-09-06", "grounds": "All was shown."},
            "assessment": {
                "kind": "full",
                "held_on": "2021-09-01",
                "assessor": "Ravensworth Audit",
                "outcome": "compliant",
            },
            "letter": {
                "received_on": "2021-09-01",
                "signed_by": "Nell Garrick",
                "signed_as": "Director",
                "says": "We do.",
                "outcome": "clean",
            },
        }

        sent = [
            una.post(f"{AT}/alfa/{name}", {"key": key_of(una, f"{AT}/alfa/{name}"), **said})
            for name, said in told.items()
        ]

        assert [one.status_code for one in sent] == [302, 302, 302]
        assert SecurityStatus.objects.get().status == "approved"
        assert (Verification.objects.count(), Letter.objects.count()) == (1, 1)

    def test_say_what_is_wrong(self, field: FieldCast) -> None:
        una, at = browser(field.una), f"{AT}/alfa/status"
        said = {"key": key_of(una, at), "status": "approved", "set_on": "2021-09-09", "grounds": "So."}

        assert "lies ahead" in text(una.post(at, said), 409)
        assert una.post(at, {"key": said["key"]}).status_code == 422

    def test_are_the_secretarys_of_the_body(self, field: FieldCast) -> None:
        kept(field)
        said = {"key": "one", "status": "approved", "set_on": "2021-09-06", "grounds": "So."}

        for by in (field.sam, field.max, field.ada, field.hal):
            assert browser(by).post(f"{AT}/alfa/status", said).status_code in (403, 404), by.name
        assert SecurityStatus.objects.count() == 1

    def test_know_no_party_that_there_is_not(self, field: FieldCast) -> None:
        assert browser(field.una).get(f"{AT}/nobody/status").status_code == 404


class TestDoor:
    def test_stands_open_to_those_alone_whom_it_concerns(self, field: FieldCast) -> None:
        door = f'href="{AT}"'

        assert door in text(browser(field.ada).get("/sec/questionnaires"))
        assert door not in text(browser(field.bo).get("/sec/questionnaires"))

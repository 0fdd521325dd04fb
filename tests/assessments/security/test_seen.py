"""What is kept of security is found by the party, the body and its secretary."""

from tallystick.assessments.security import seen as secured
from tests.assessments.field_cast import FieldCast


class TestFinding:
    def test_is_for_the_party_and_the_body(self, field: FieldCast) -> None:
        status = field.set_status()
        field.set_status(field.brvo)

        assert [one.head.party.name for one in secured.secured(field.una)] == ["ALFA", "BRVO"]
        assert [one.head.party.name for one in secured.secured(field.ada)] == ["ALFA"]
        assert secured.secured(field.max, "alfa")[0].status == status
        for by in (field.jo, field.sam, field.aud, field.obs, field.bo, field.hal):
            assert secured.secured(by) == [], by.name

    def test_has_the_latest_first(self, field: FieldCast) -> None:
        field.verified()
        field.set_status()
        field.set_status(status="approved")

        [one] = secured.secured(field.ada)

        assert one.status is not None
        assert one.status.status == "approved"
        assert (len(one.statuses), len(one.verifications), one.letters) == (2, 1, ())

    def test_without_a_status_says_none(self, field: FieldCast) -> None:
        field.lettered()

        assert secured.secured(field.ada)[0].status is None


class TestWho:
    def test_records_is_the_secretary_of_the_body(self, field: FieldCast) -> None:
        assert [one.name for one in secured.parties(field.una)] == ["ALFA", "BRVO"]
        assert [secured.parties(by) for by in (field.sam, field.max, field.ada)] == [[], [], []]

    def test_is_concerned(self, field: FieldCast) -> None:
        told = {
            by: secured.is_concerned(getattr(field, by)) for by in ("una", "max", "ada", "sam", "bo", "jo")
        }

        assert told == {"una": True, "max": True, "ada": True, "sam": False, "bo": False, "jo": False}

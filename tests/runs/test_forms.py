import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tallystick.parties.models import Organisation
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.forms import ExclusionForm, RunForm, UploadForm

TODAY = dt.date(2021, 9, 20)


def upload(sec: Rulebook, own: Organisation | None, senders: list[Organisation], **told: str) -> UploadForm:
    given = {"stream": "hub_returns", **told}
    files = {"file": SimpleUploadedFile("rows.csv", b"a,b\n")}
    return UploadForm(given, files, rulebook=sec, senders=senders, own=own)


@pytest.mark.django_db
class TestUploadForm:
    def test_of_a_delegate_is_of_their_own_organisation(
        self, sec: Rulebook, alfa: Organisation, brvo: Organisation
    ) -> None:
        form = upload(sec, alfa, [], sender=brvo.slug)

        assert form.is_valid()
        assert "sender" not in form.fields
        assert form.sent_by == alfa

    def test_of_the_office_is_of_whom_it_names(
        self, sec: Rulebook, alfa: Organisation, brvo: Organisation
    ) -> None:
        named, unnamed = upload(sec, None, [alfa, brvo], sender=brvo.slug), upload(sec, None, [alfa, brvo])

        assert named.is_valid()
        assert unnamed.is_valid()
        assert (named.sent_by, unnamed.sent_by) == (brvo, None)

    def test_knows_no_sender_that_does_not_take_part(self, sec: Rulebook, alfa: Organisation) -> None:
        assert list(upload(sec, None, [], sender=alfa.slug).errors) == ["sender"]

    def test_offers_every_stream_of_the_code(self, sec: Rulebook) -> None:
        form = upload(sec, None, [])

        offered = [key for key, _ in form.fields["stream"].choices]  # type: ignore[attr-defined]  # a choice field
        assert offered == sorted(sec.streams)

    @pytest.mark.parametrize(
        ("told", "wrong"), [({"stream": "nothing"}, "stream"), ({"period": "2021-13"}, "period")]
    )
    def test_says_which_field_is_wrong(self, sec: Rulebook, told: dict[str, str], wrong: str) -> None:
        assert list(upload(sec, None, [], **told).errors) == [wrong]

    def test_reads_the_month_it_vouches_for(self, sec: Rulebook) -> None:
        form = upload(sec, None, [], period="2021-07")

        assert form.is_valid()
        assert form.cleaned_data["period"] == Span.parse("2021-07")


class TestRunForm:
    def test_reads_a_month_and_a_day(self) -> None:
        form = RunForm({"period": "2021-07", "known_on": "2021-09-20"}, today=TODAY)

        assert form.is_valid()
        assert form.cleaned_data == {"period": Span.parse("2021-07"), "known_on": TODAY}

    @pytest.mark.parametrize(
        ("told", "wrong"),
        [
            ({"known_on": "2021-09-21"}, "known_on"),
            ({"known_on": ""}, "known_on"),
            ({"period": ""}, "period"),
            ({"period": "July"}, "period"),
        ],
    )
    def test_says_which_field_is_wrong(self, told: dict[str, str], wrong: str) -> None:
        form = RunForm({"period": "2021-07", "known_on": "2021-09-20", **told}, today=TODAY)

        assert list(form.errors) == [wrong]


class TestExclusionForm:
    def test_needs_a_row_and_a_reason(self) -> None:
        form = ExclusionForm({"stream": "service_requests", "row_key": " ", "reason": " "})

        assert set(form.errors) == {"row_key", "reason"}

    def test_may_leave_out_where_the_row_was_met(self) -> None:
        form = ExclusionForm({"stream": "service_requests", "row_key": "SR-1", "reason": "Agreed outage"})

        assert form.is_valid()
        assert form.cleaned_data["period"] is None

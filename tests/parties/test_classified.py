import datetime as dt

import pytest

from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Organisation, Role
from tallystick.runs.models import Submission
from tests.site import people

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)


def row(code: str = "sec", party: Organisation | None = None, **more: str) -> Submission:
    made: Submission = Submission.objects.create(
        code=code, party=party, stream="hub_returns", filename="x.csv", received_at=NOW,
        state="previewed", **more,
    )  # fmt: skip
    return made


class TestClassified:
    def test_is_a_red_draft_until_somebody_says_otherwise(self) -> None:
        made = row()

        assert (made.classification, made.publicity) == (Classified.RED, Classified.DRAFT)


class TestVisibleTo:
    def test_is_what_the_class_the_party_and_the_code_allow(self) -> None:
        alfa, brvo = people.organisation("ALFA"), people.organisation("BRVO")
        issued = {"classification": "amber", "publicity": "issued"}
        own, other, red = row(party=alfa, **issued), row(party=brvo, **issued), row(publicity="issued")
        row("rec", alfa, **issued)
        jo, ada = people.person("Jo Tarn"), people.person("Ada Quill")
        analyst = Acting("sec", NOW.date(), jo, people.role(jo, Role.ANALYST), NOW)
        delegate = Acting("sec", NOW.date(), ada, people.role(ada, Role.PARTY_DELEGATE, alfa), NOW)

        seen = {who: set(Submission.objects.visible_to(who)) for who in (analyst, delegate)}

        assert seen == {analyst: {own, other}, delegate: {own}}
        assert red not in seen[analyst]

    def test_is_nothing_for_the_public(self) -> None:
        row(classification="white", publicity="issued")

        assert list(Submission.objects.visible_to(Acting("sec", NOW.date()))) == []

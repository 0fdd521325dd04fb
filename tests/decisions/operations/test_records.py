import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest

from tallystick.decisions.models import Decision
from tallystick.decisions.operations import records
from tallystick.decisions.operations.records import (
    Taken,
    UnableToObject,
    UnableToRecordDecision,
    object_to,
    record_decision,
)
from tallystick.journal.models import Payload
from tallystick.parties import rulebooks
from tallystick.parties.acting import Acting
from tallystick.rulebook.rulebook import Rulebook
from tests.decisions.chamber import AT, DAY, LATER, Chamber, acting_on, chamber, new_key, person_of, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def taken(of: Chamber, **told: Any) -> Decision:
    said = {
        "verb": "NOTED",
        "title": "The report of July",
        "text": "The report was noted.",
        "body": of.body,
        "on": DAY,
        "key": new_key(),
        **told,
    }
    return record_decision(taken=Taken(**said), by=of.secretary, at=AT)


class TestRecordDecision:
    @pytest.mark.parametrize("verb", [verb for verb, _ in Decision.VERBS])
    def test_keeps_each_verb(self, verb: str) -> None:
        made = taken(chamber(), verb=verb)

        assert (made.verb, made.publicity, made.classification) == (verb, "decided", "white")
        assert made.reference.startswith("DEC-2021-")

    def test_keeps_the_objections_of_members_with_it(self) -> None:
        pab = chamber()
        ada = person_of(pab.members[0])

        made = taken(pab, objections={ada: " It came late. "})

        [one] = made.objections.all()
        assert (one.person, one.words) == (ada, "It came late.")
        facts = json.loads(Payload.objects.get().text)["facts"]
        assert facts["objections"] == {ada.handle: "It came late."}

    def test_is_done_once_by_one_form(self) -> None:
        pab, key = chamber(), new_key()

        assert taken(pab, key=key) == taken(pab, key=key)
        assert Payload.objects.count() == 1

    def test_is_refused_to_a_form_that_recorded_another(self) -> None:
        pab, key = chamber(), new_key()
        ada = person_of(pab.members[0])
        first = taken(pab, key=key)

        for other in ({"verb": "REJECTED"}, {"text": "It was not."}, {"objections": {ada: "It came late."}}):
            with pytest.raises(UnableToRecordDecision, match=f"recorded {first.reference} before"):
                taken(pab, key=key, **other)

    def test_draws_another_reference_where_one_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pab, drawn = chamber(), iter(["DEC-2021-AAAA", "DEC-2021-AAAA", "DEC-2021-BBBB"])
        monkeypatch.setattr(records, "new_reference", lambda _kind, _year: next(drawn))

        assert [taken(pab).reference, taken(pab).reference] == ["DEC-2021-AAAA", "DEC-2021-BBBB"]

    def test_about_a_party_or_its_motion_is_amber(self) -> None:
        pab = chamber()
        motion = put(pab, party=pab.parties["ALFA"])

        assert taken(pab, party=pab.parties["ALFA"]).classification == "amber"
        assert taken(pab, motion=motion, verb="DEFERRED").party == pab.parties["ALFA"]

    @pytest.mark.parametrize(
        ("said", "because"),
        [
            ({"verb": "LIKED"}, "is none of NOTED"),
            ({"title": " "}, "Say what was decided"),
            ({"text": ""}, "Say what was decided"),
            ({"title": "a" * 201}, "200 characters"),
            ({"key": ""}, "no key"),
            ({"on": DAY + dt.timedelta(days=1)}, "is to come"),
            ({"on": dt.date(2020, 1, 1)}, "no body of this code on that day"),
        ],
    )
    def test_is_refused(self, said: dict[str, Any], because: str) -> None:
        with pytest.raises(UnableToRecordDecision, match=because):
            taken(chamber(), **said)

    def test_is_refused_for_strangers_wordless_objections_and_others_motions(self) -> None:
        pab, opsg = chamber(), chamber(1, key="OPSG")
        stranger, ada = person_of(acting_on(pab.body, "Ivy Lorne")), person_of(pab.members[0])

        for said, because in (
            ({"objections": {stranger: "No"}}, "Ivy Lorne was no member"),
            ({"objections": {ada: " "}}, "Say what Ada Quill objected to"),
            ({"motion": put(pab), "body": opsg.body}, "was put to another body"),
        ):
            with pytest.raises(UnableToRecordDecision, match=because):
                taken(pab, **said)
        with pytest.raises(UnableToRecordDecision, match="by somebody"):
            record_decision(taken=Taken("NOTED", "A", "B", pab.body, DAY, "k"), by=Acting("sec", DAY), at=AT)


class TestObjectTo:
    def test_stands_beside_the_decision(self) -> None:
        pab = chamber()
        made = taken(pab)

        first = object_to(decision=made, words="Not so", by=pab.members[0], at=LATER)
        again = object_to(decision=made, words="Not so", by=pab.members[0], at=LATER)

        assert first == again == made.objections.get()

    def test_is_said_once_by_a_member_acting_on_the_body(self) -> None:
        pab = chamber()
        made, stranger = taken(pab), acting_on(pab.body, "Ivy Lorne")
        object_to(decision=made, words="Not so", by=pab.members[0], at=LATER)

        for by, words, because in (
            (pab.members[0], "And not so", "objected already"),
            (pab.members[1], " ", "Say what"),
            (pab.secretary, "No", "acting on it"),
            (stranger, "No", "hold no seat"),
        ):
            with pytest.raises(UnableToObject, match=because):
                object_to(decision=made, words=words, by=by, at=LATER)

    def test_is_refused_on_a_role_of_a_body_that_is_not_entered(
        self, rules: Rulebook, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pab = chamber()
        made = taken(pab)
        role = rules.bodies["pab"].model_copy(update={"role_of": "panel"})
        bodies = replace(rules, bodies={**rules.bodies, "pab": role})
        monkeypatch.setattr(rulebooks, "_loaded", lambda _folder: bodies)

        with pytest.raises(UnableToObject, match="hold no seat"):
            object_to(decision=made, words="Not so", by=pab.members[0], at=LATER)

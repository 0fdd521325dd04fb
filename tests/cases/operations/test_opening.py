"""A case is opened from findings or by hand, takes on more findings, and has leads."""

from typing import Any

import pytest

from tallystick.cases.models import Case, CaseFinding, Teller
from tallystick.cases.operations import opening
from tallystick.cases.operations.closing import withdraw_case
from tallystick.cases.operations.opening import (
    Size,
    UnableToAddFinding,
    UnableToNameLeads,
    UnableToOpenCase,
    add_finding,
    name_leads,
)
from tallystick.journal.models import Payload
from tallystick.processes.models import Course
from tallystick.runs.models import Finding
from tests.cases.cast import (
    OPENED,
    Cast,
    acts,
    at,
    key,
    landed,
    last_said,
    person_of,
    stands,
    withdrawn,
)

pytestmark = pytest.mark.django_db


class TestOpening:
    def test_groups_findings_of_one_party_and_area(self, cast: Cast) -> None:
        findings = landed(cast.alfa), landed(cast.alfa, "2021-08")

        case = cast.opened(*findings)

        assert set(case.case_findings.values_list("finding", flat=True)) == {one.pk for one in findings}
        assert (case.party, case.area, case.lead, case.classification) == (
            cast.alfa,
            "b",
            cast.jo.person,
            "amber",
        )
        assert stands(case) == ("finding", "uninformed")
        said, facts = last_said()
        assert said.startswith(f"opened {case.reference} about ALFA")
        assert facts["findings"] == sorted(one.reference for one in findings)
        assert acts() == ["open_case"]

    def test_has_a_reference_from_which_nobody_counts_others(self, cast: Cast) -> None:
        first, second = cast.opened(), cast.opened()

        assert first.reference.startswith("CASE-2021-")
        assert first.reference != second.reference

    def test_is_kept_from_the_party_before_it_is_told(self, cast: Cast) -> None:
        case = cast.opened()

        assert not Case.objects.visible_to(cast.ada).exists()
        assert not Case.objects.visible_to(cast.bo).exists()
        assert case in Case.objects.visible_to(cast.jo)

    def test_happens_once_a_form(self, cast: Cast) -> None:
        told: dict[str, Any] = {"key": key(), "title": "Late certificates"}

        first, again = cast.opened(**told), cast.opened(**told)

        assert first == again
        assert acts() == ["open_case"]
        with pytest.raises(UnableToOpenCase, match="opened CASE-"):
            cast.opened(**{**told, "title": "Another"})

    def test_leaves_one_course_where_a_form_is_sent_twice_at_once(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told = {"key": key()}
        first = cast.opened(**told)
        answers: list[Case | None] = [None, first]
        monkeypatch.setattr(opening, "_opened_before", lambda *_: answers.pop(0))

        again = cast.opened(**told)

        assert (again, answers) == (first, [])
        assert list(Course.objects.all()) == [first.course]

    def test_says_how_much_it_is_about_and_how_that_was_estimated(self, cast: Cast) -> None:
        case = cast.opened(size=Size(devices=61, pounds=1200, how="Counted from the install records"))

        assert (case.devices, case.consumers, case.pounds) == (61, None, 1200)

    def test_keeps_who_told_of_it_in_the_office(self, cast: Cast) -> None:
        case = cast.opened(source=Case.THIRD_PARTY, teller="Mira Holt of Brightwater")
        cast.told(case)

        seen = {one: Teller.objects.visible_to(one).exists() for one in (cast.jo, cast.sam, cast.aud)}
        unseen = [
            one
            for one in (cast.ada, cast.ben, cast.bo, cast.hal, cast.obs)
            if Teller.objects.visible_to(one).exists()
        ]
        assert all(seen.values())
        assert unseen == []
        assert not Payload.objects.filter(text__contains="Mira").exists()

    @pytest.mark.parametrize(
        ("told", "why"),
        [
            ({"title": " "}, "Say the title"),
            ({"what": ""}, "Say the matter"),
            ({"title": "x" * 201}, "200 characters"),
            ({"key": ""}, "no key"),
            ({"obligation": "OBL-AREA-Q"}, "no obligation 'OBL-AREA-Q'"),
            ({"source": "rumour"}, "is no source"),
            ({"severity": "dire"}, "is no severity"),
            ({"confidence": "sure"}, "is no confidence"),
            ({"source": Case.MONITORING}, "rests on a finding"),
            ({"source": Case.THIRD_PARTY}, "Say who told of it"),
            ({"teller": "Mira"}, "Say who told of it"),
            ({"size": Size(devices=-1, how="Counted")}, "none is negative"),
            ({"size": Size(devices=1)}, "together with how"),
            ({"size": Size(how="Counted")}, "together with how"),
        ],
    )
    def test_refuses_what_is_not_said_or_cannot_be(self, cast: Cast, told: dict[str, Any], why: str) -> None:
        with pytest.raises(UnableToOpenCase, match=why):
            cast.opened(**told)

        assert not Case.objects.exists()

    def test_refuses_findings_that_are_not_of_one_party_and_area(self, cast: Cast) -> None:
        gone = landed(cast.alfa)
        withdrawn(gone)
        taken = landed(cast.alfa)
        cast.opened(taken)
        refused = {
            "no finding on ALFA": landed(cast.brvo),
            "another area": landed(cast.alfa, area="d", obligation="OBL-AREA-D"),
            "withdrawn": gone,
            "has a case": taken,
        }

        for why, finding in refused.items():
            with pytest.raises(UnableToOpenCase, match=why):
                cast.opened(finding)

        assert Case.objects.count() == 1

    def test_refuses_to_group_by_no_area_what_other_duties_are_about(self, cast: Cast) -> None:
        finding = landed(cast.alfa, area="", obligation="RPT-CSR")

        with pytest.raises(UnableToOpenCase, match="another area"):
            cast.opened(finding, obligation="RPT-SRV")

        assert cast.opened(finding, obligation="RPT-CSR").area == ""

    def test_repeats_an_earlier_case_of_the_same_party_alone(self, cast: Cast) -> None:
        of_brvo = cast.opened(party=cast.brvo)
        earlier = cast.opened()

        again = cast.opened(repeats=earlier)

        assert again.repeats == earlier
        with pytest.raises(UnableToOpenCase, match="same party"):
            cast.opened(repeats=of_brvo)

    def test_is_led_by_somebody_of_the_office(self, cast: Cast) -> None:
        assert cast.opened(lead=person_of(cast.sam)).lead == cast.sam.person
        with pytest.raises(UnableToOpenCase, match="no analyst or secretary"):
            cast.opened(lead=person_of(cast.ada))


class TestAddingAFinding:
    def test_lets_a_case_rest_on_it_once(self, cast: Cast) -> None:
        case, august = cast.opened(landed(cast.alfa)), landed(cast.alfa, "2021-08")

        first = add_finding(case=case, finding=august, by=cast.jo, at=at(OPENED))
        again = add_finding(case=case, finding=august, by=cast.jo, at=at(OPENED))

        assert first == again
        assert acts() == ["open_case", "add_finding"]

    def test_is_refused_of_anothers_and_after_the_end(self, cast: Cast) -> None:
        finding = landed(cast.alfa)
        case, more = cast.opened(finding), landed(cast.alfa, "2021-08")
        add: Any = {"case": case, "by": cast.jo, "at": at(OPENED)}
        with pytest.raises(UnableToAddFinding, match="no finding on ALFA"):
            add_finding(finding=landed(cast.brvo), **add)
        withdrawn(finding)
        withdraw_case(case=case, key=key(), by=cast.jo, at=at(OPENED))

        with pytest.raises(UnableToAddFinding, match="has ended"):
            add_finding(finding=more, **add)

        assert not CaseFinding.objects.filter(finding=more).exists()
        assert Finding.objects.filter(pk=more.pk).exists()


class TestNamingLeads:
    def test_names_one_on_each_side_once(self, cast: Cast) -> None:
        leads = {"lead": person_of(cast.sam), "party_lead": person_of(cast.ada)}

        for _ in range(2):
            case = name_leads(case=cast.opened(key="same"), **leads, by=cast.jo, at=at(OPENED))

        assert (case.lead, case.party_lead) == (cast.sam.person, cast.ada.person)
        assert acts() == ["open_case", "name_leads"]

    def test_refuses_people_who_do_not_act_there(self, cast: Cast) -> None:
        case = cast.opened()
        name: Any = {"case": case, "by": cast.jo, "at": at(OPENED)}

        with pytest.raises(UnableToNameLeads, match="Ada is no analyst"):
            name_leads(lead=person_of(cast.ada), **name)
        with pytest.raises(UnableToNameLeads, match="Ben is no delegate of ALFA"):
            name_leads(lead=person_of(cast.jo), party_lead=person_of(cast.ben), **name)

from tallystick.cases.gap_forms import GapForm, HandOnForm, references_in

SAID = {
    "key": "form",
    "title": "Wrong certificates",
    "clause": "G3",
    "area": "",
    "what": "Nobody corrects them.",
    "harmed": "The right one.",
    "needed": "A duty.",
}


def form(**said: str) -> GapForm:
    return GapForm(
        {**SAID, "references": "", **said}, clauses=[("G3", "G3")], areas=[("d", "D")], findings={}
    )


class TestGapForm:
    def test_gives_what_is_recorded(self) -> None:
        told = form()

        assert told.is_valid()
        assert (told.recorded.clause, told.recorded.findings) == ("G3", ())

    def test_names_findings_that_are_not_there(self) -> None:
        told = form(references="fnd-1, FND-2")

        assert not told.is_valid()
        assert "FND-1, FND-2" in str(told.errors["references"])

    def test_asks_for_a_clause_of_the_rulebook(self) -> None:
        assert "clause" in form(clause="Z9").errors


class TestHandOnForm:
    def test_asks_for_the_modification(self) -> None:
        assert "modification" in HandOnForm({"key": "form", "modification": ""}).errors


class TestReferences:
    def test_stand_with_spaces_or_commas_between_them(self) -> None:
        assert list(references_in("fnd-1,FND-2  fnd-3")) == ["FND-1", "FND-2", "FND-3"]

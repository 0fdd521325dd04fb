import pytest

from tallystick.cases.attached import SUFFIXES
from tallystick.cases.media import DEEPEST, UnknownKind, check_letter, kinds_of
from tests.cases.files import BAD, GOOD, LETTER, docx, letter_with, packed


class TestKinds:
    @pytest.mark.parametrize("name", GOOD)
    def test_are_told_from_the_content(self, name: str) -> None:
        kinds = kinds_of(GOOD[name]())

        assert any(name.lower().endswith(SUFFIXES[kind]) for kind in kinds)

    def test_say_of_a_document_what_it_is_whatever_else_it_holds(self) -> None:
        assert kinds_of(docx(xl__other_xml=b"")) == ("docx",)

    @pytest.mark.parametrize("one", [one for one in BAD if one.name == "a.docx"], ids=lambda one: one.what)
    def test_refuse_what_is_no_document(self, one: object) -> None:
        with pytest.raises(UnknownKind, match=one.says):  # type: ignore[attr-defined]  # of the list above
            kinds_of(one.make())  # type: ignore[attr-defined]


class TestLetters:
    def test_carry_what_could_be_attached_by_itself(self) -> None:
        check_letter(LETTER)
        check_letter(letter_with("within.eml", LETTER, "text/plain"))

        with pytest.raises(UnknownKind, match=r"the e-mail carries 'a\.zip', and its content is a ZIP"):
            check_letter(letter_with("a.zip", packed(a_txt=b"")))

    def test_are_looked_into_by_what_they_carry_and_not_by_what_they_say(self) -> None:
        with pytest.raises(UnknownKind, match="markup"):
            check_letter(letter_with("picture.png", b"<svg/>", "image/png"))

    def test_are_looked_into_as_deep_as_people_go(self) -> None:
        deep = letter_with("rows.csv", b"a,b\n1,2\n")
        for _ in range(DEEPEST - 1):
            deep = letter_with("b.eml", deep, "text/plain")

        check_letter(deep)
        with pytest.raises(UnknownKind, match="too deep within others"):
            check_letter(letter_with("b.eml", deep, "text/plain"))

    def test_say_what_they_carry_as_mail_programs_read_it(self) -> None:
        note = b"Note: the hubs were replaced.\n\nAll of them.\n"

        check_letter(letter_with("note.txt", note, "text/plain"))
        check_letter(letter_with("", note, "text/plain"))

    def test_within_letters_come_to_an_end(self) -> None:
        deep = b"From: a@example.org\r\nTo: b\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 99

        check_letter(deep + LETTER)
        with pytest.raises(UnknownKind, match="100 parts"):
            check_letter(deep + deep)

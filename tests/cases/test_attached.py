import hashlib

import pytest

from tallystick.cases.attached import LARGEST, MOST, Handed, UnableToAttach, check_sizes, cleaned, looked_over
from tests.cases.files import BAD, GOOD, PDF, Bad


class TestFiles:
    @pytest.mark.parametrize("name", GOOD)
    def test_are_taken_as_they_are(self, name: str) -> None:
        content = GOOD[name]()

        [file] = looked_over([Handed(name, content)])

        assert (file.name, file.content, file.size) == (name, content, len(content))
        assert file.sha256 == hashlib.sha256(content).hexdigest()

    @pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.what)
    def test_are_refused_by_name_with_what_would_be_right(self, bad: Bad) -> None:
        with pytest.raises(UnableToAttach) as refused:
            looked_over([Handed("good.pdf", PDF), Handed(bad.name, bad.make())])

        said = str(refused.value)
        assert bad.says in said
        assert repr(cleaned(bad.name)) in said
        assert said.endswith((".", ").txt."))

    def test_are_no_more_than_go_with_one_message(self) -> None:
        assert len(looked_over([Handed("a.pdf", PDF)] * MOST)) == MOST
        with pytest.raises(UnableToAttach, match="6 files are attached; 5 go with one message"):
            looked_over([Handed("a.pdf", PDF)] * (MOST + 1))

    def test_are_as_large_as_the_limit_and_no_larger(self) -> None:
        check_sizes([("a.pdf", LARGEST)])
        with pytest.raises(UnableToAttach, match="the limit is 10 MB"):
            check_sizes([("a.pdf", LARGEST + 1)])


class TestNames:
    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\files\\a.pdf", "a.pdf"),
            ("gpj\u202efdp.exe", "gpjfdp.exe"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
            ("a\u2028b\tc  d.pdf", "a bc d.pdf"),
            ("a\0.pdf", "a.pdf"),
            ("", "unnamed"),
            (".pdf", "unnamed.pdf"),
            ("é" * 200 + ".docx", "é" * 115 + ".docx"),
            ("x" * 200, "x" * 120),
        ],
    )
    def test_are_shown_without_what_misleads(self, given: str, shown: str) -> None:
        assert cleaned(given) == shown

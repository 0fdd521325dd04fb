from pathlib import Path

import pytest

from tallystick.journal import kept, keys
from tallystick.journal.keys import UnableToUseKey
from tallystick.journal.notes import COSIGNATURE, SigningKey
from tests.journal.conftest import ORIGIN


class TestMake:
    def test_keeps_the_key_to_its_owner_and_states_the_public_one(self, tmp_path: Path) -> None:
        public = keys.make(tmp_path, ORIGIN)

        assert (tmp_path / keys.PRIVATE).stat().st_mode & 0o777 == 0o600
        assert keys.exists(tmp_path)
        assert keys.stated(tmp_path) == [public] == [keys.signing(tmp_path)[0].public]

    def test_makes_one_alone(self, home: Path) -> None:
        before = (home / keys.PRIVATE).read_bytes()

        with pytest.raises(UnableToUseKey, match="rotate it"):
            keys.make(home, ORIGIN)
        assert (home / keys.PRIVATE).read_bytes() == before

    def test_refuses_a_name_that_no_key_can_have(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToUseKey, match="cannot name a key"):
            keys.make(tmp_path, "our journal")
        assert not keys.exists(tmp_path)


class TestSigning:
    def test_says_how_to_make_a_key(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToUseKey, match="tally journal key"):
            keys.signing(tmp_path)

    @pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
    def test_refuses_a_key_that_others_may_read(self, home: Path, mode: int) -> None:
        (home / keys.PRIVATE).chmod(mode)

        with pytest.raises(UnableToUseKey, match="Others may read"):
            keys.signing(home)

    @pytest.mark.parametrize("text", [b"nothing", b"PRIVATE+KEY+a+00000000+AAAA\n", b"\xff\xfe"])
    def test_refuses_what_is_no_key(self, home: Path, text: bytes) -> None:
        (home / keys.PRIVATE).write_bytes(text)

        with pytest.raises(UnableToUseKey, match="cannot be read"):
            keys.signing(home)

    def test_is_with_the_new_key_first(self, home: Path) -> None:
        old, new = keys.signing(home)[0], SigningKey.new(ORIGIN)

        keys.keep(home, [new, old])

        assert [key.public for key in keys.signing(home)] == [new.public, old.public]
        assert keys.stated(home) == [old.public, new.public]


class TestStated:
    def test_are_none_where_there_is_no_key(self, tmp_path: Path) -> None:
        assert keys.stated(tmp_path) == keys.witnesses(tmp_path) == []

    @pytest.mark.parametrize("raw", [b"nothing\n", b"\xff\xfe"])
    def test_refuse_what_is_no_key(self, raw: bytes, home: Path) -> None:
        (kept.folder(home) / keys.STATED).write_bytes(raw)

        with pytest.raises(UnableToUseKey, match="cannot be read"):
            keys.stated(home)


class TestTrust:
    def test_is_in_a_witness_once(self, home: Path) -> None:
        witness = SigningKey.new("witness.example", COSIGNATURE).public

        keys.trust(home, witness)
        keys.trust(home, witness)

        assert keys.witnesses(home) == [witness]

    def test_is_not_in_a_log(self, home: Path) -> None:
        with pytest.raises(UnableToUseKey, match="not the key of a witness"):
            keys.trust(home, SigningKey.new("witness.example").public)

import base64

import pytest

from tallystick.journal.notes import (
    COSIGNATURE,
    Checkpoint,
    Key,
    Note,
    SigningKey,
    UnableToReadNote,
    UnableToTrustNote,
    named,
    read,
)
from tests.journal.conftest import ORIGIN
from tests.journal.lived import altered

# The example of C2SP's signed-note.md, whose key and signature are published there.
PUBLISHED_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED = (
    b"If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
PUBLISHED_SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
ROOT = bytes(range(32))


@pytest.fixture(scope="module")
def log() -> SigningKey:
    return SigningKey.new(ORIGIN)


def note(log: SigningKey, *others: SigningKey, size: int = 9004) -> Note:
    stated = Checkpoint(ORIGIN, size, ROOT)
    below = (one.cosignature(stated.signed, 1632124800) for one in others)
    return Note(stated, (log.signature(stated.signed), *below))


class TestKey:
    def test_is_read_as_others_publish_it(self) -> None:
        key = Key.read(PUBLISHED_KEY)

        assert (key.name, key.id.hex(), key.written) == ("PeterNeumann", "c74f20a3", PUBLISHED_KEY)

    def test_verifies_what_others_published(self) -> None:
        signature = base64.b64decode(PUBLISHED_SIGNATURE)[4:]

        assert Key.read(PUBLISHED_KEY).verifies(PUBLISHED, signature)
        assert not Key.read(PUBLISHED_KEY).verifies(PUBLISHED.upper(), signature)

    @pytest.mark.parametrize(
        "written",
        [
            "",
            "name",
            "name+00000000",
            PUBLISHED_KEY.replace("c74f20a3", "c74f20a4"),
            PUBLISHED_KEY[:-1],
            PUBLISHED_KEY.replace("Peter", "Pe ter"),
            PUBLISHED_KEY.replace("+ARpc", "+CRpc"),
        ],
    )
    def test_is_not_read_from_anything_else(self, written: str) -> None:
        with pytest.raises(UnableToReadNote):
            Key.read(written)

    @pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a" * 121])
    def test_has_a_name_without_spaces(self, name: str) -> None:
        with pytest.raises(UnableToReadNote, match="cannot name a key"):
            named(name)


class TestSigningKey:
    def test_is_read_as_it_was_written(self, log: SigningKey) -> None:
        again = SigningKey.read(log.written)

        assert again.public == log.public
        assert again.signature(b"a\n") == log.signature(b"a\n")

    def test_is_not_read_with_the_name_of_another(self, log: SigningKey) -> None:
        for changed in (log.written.replace("tallystick", "tollystick"), log.public.written, "PRIVATE+KEY+a"):
            with pytest.raises(UnableToReadNote):
                SigningKey.read(changed)


class TestNote:
    def test_is_three_lines_an_empty_one_and_signatures(self, log: SigningKey) -> None:
        lines = note(log).text.split("\n")

        assert lines[:2] == [ORIGIN, "9004"]
        assert lines[3] == ""
        assert lines[4].startswith(f"— {ORIGIN} ")
        assert lines[5:] == [""]

    def test_is_read_as_it_was_written(self, log: SigningKey) -> None:
        signed = note(log, SigningKey.new("witness.example", COSIGNATURE))

        assert read(signed.text) == signed

    def test_is_trusted_with_the_key_of_its_log(self, log: SigningKey) -> None:
        assert note(log).trusted([log.public]).size == 9004

    def test_is_not_trusted_without_one(self, log: SigningKey) -> None:
        others = [SigningKey.new(ORIGIN).public, SigningKey.new("other.example").public]

        with pytest.raises(UnableToTrustNote, match="No known key"):
            note(log).trusted(others)

    def test_is_not_trusted_for_a_witness_alone(self, log: SigningKey) -> None:
        witness = SigningKey.new(ORIGIN, COSIGNATURE)

        with pytest.raises(UnableToTrustNote, match="No known key"):
            note(log, witness).trusted([witness.public])

    @pytest.mark.parametrize("place", [4, 20, 67])
    def test_is_invalid_when_a_known_signature_does_not_verify(self, log: SigningKey, place: int) -> None:
        changed = read(altered(note(log).text, place))

        with pytest.raises(UnableToTrustNote, match="does not verify"):
            changed.trusted([log.public])

    def test_is_invalid_when_it_states_another_size(self, log: SigningKey) -> None:
        changed = read(note(log).text.replace("\n9004\n", "\n9005\n"))

        with pytest.raises(UnableToTrustNote, match="does not verify"):
            changed.trusted([log.public])

    def test_holds_the_instant_of_a_witness(self, log: SigningKey) -> None:
        witness = SigningKey.new("witness.example", COSIGNATURE)

        (signature,) = note(log, witness).by([witness.public])

        assert (signature.name, signature.at) == ("witness.example", 1632124800)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("\n9004\n", "\n09004\n"),
            ("\n9004\n", "\n-1\n"),
            ("\n9004\n", "\n9004\nmore\n"),
            ("\n\n— ", "\n— "),
            ("— ", "- "),
            ("journal\n", "jour nal\n"),
            ("=\n\n", "\n\n"),
        ],
    )
    def test_has_no_other_spelling(self, log: SigningKey, old: str, new: str) -> None:
        text = note(log).text
        assert old in text

        with pytest.raises(UnableToReadNote):
            read(text.replace(old, new, 1))

    def test_ends_with_a_line(self, log: SigningKey) -> None:
        for text in (note(log).text[:-1], note(log).text + "\n", "", "\n\n"):
            with pytest.raises(UnableToReadNote):
                read(text)

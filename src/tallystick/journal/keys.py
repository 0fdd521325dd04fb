"""The log's keys, in files of the installation's home: the private one for its owner alone.

Public keys stand beside the checkpoints, with those of the witnesses that the installation knows.
"""

from collections.abc import Iterable
from pathlib import Path

from tallystick.journal import kept
from tallystick.journal.notes import COSIGNATURE, ED25519, Key, SigningKey, UnableToReadNote

PRIVATE = "journal-key"
STATED, WITNESSES = "keys.txt", "witnesses.txt"
OF_OTHERS = 0o077


class UnableToUseKey(Exception):
    """There is no key, there is one already, or others than its owner may read it."""


def exists(home: Path) -> bool:
    """Tell whether the installation has a key to sign with."""
    return (home / PRIVATE).exists()


def make(home: Path, origin: str) -> Key:
    """Make the key of a log that has none, and return the public one.

    :param origin: the log's name, such as `tallystick.example/journal`
    :raises UnableToUseKey: if there is a key, or none can have that name
    """
    if exists(home):
        raise UnableToUseKey(f"There is a key in {home / PRIVATE}. To change it, rotate it.")
    try:
        key = SigningKey.new(origin)
    except UnableToReadNote as odd:
        raise UnableToUseKey(str(odd)) from None
    keep(home, [key])
    return key.public


def keep(home: Path, keys: Iterable[SigningKey]) -> None:
    """Write the private keys down, the one to sign with first, and state their public ones."""
    keys = list(keys)
    kept.replace(home / PRIVATE, "".join(f"{key.written}\n" for key in keys), mode=0o600)
    known = [key.written for key in stated(home)]
    new = [key.public.written for key in reversed(keys) if key.public.written not in known]
    _state(home, STATED, [*known, *new])


def signing(home: Path) -> list[SigningKey]:
    """Return the keys to sign with: the log's, and after a change the one before it until it has signed once.

    :raises UnableToUseKey: if there is none, it cannot be read, or others may read it
    """
    file = home / PRIVATE
    if not file.exists():
        raise UnableToUseKey("The installation has no key. Make one: tally journal key --origin NAME")
    if file.stat().st_mode & OF_OTHERS:
        raise UnableToUseKey(f"Others may read {file}. Keep it to its owner: chmod 600")
    try:
        return [SigningKey.read(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    except (UnableToReadNote, ValueError) as odd:
        raise UnableToUseKey(f"{file} cannot be read: {odd}") from None


def stated(home: Path) -> list[Key]:
    """Return every key that the log was ever signed with, the first first."""
    return _read(home, STATED, ED25519)


def witnesses(home: Path) -> list[Key]:
    """Return the keys of the witnesses that the installation knows."""
    return _read(home, WITNESSES, COSIGNATURE)


def trust(home: Path, witness: Key) -> None:
    """Know a witness from now on.

    :raises UnableToUseKey: if it is not the key of a witness
    """
    if witness.kind != COSIGNATURE:
        raise UnableToUseKey(f"{witness.name} is not the key of a witness.")
    known = [key.written for key in witnesses(home)]
    if witness.written not in known:
        _state(home, WITNESSES, [*known, witness.written])


def _state(home: Path, name: str, written: list[str]) -> None:
    kept.replace(kept.folder(home) / name, "".join(f"{one}\n" for one in written))


def _read(home: Path, name: str, kind: int) -> list[Key]:
    file = kept.folder(home) / name
    try:
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        found = [Key.read(line) for line in lines if line]
    except (UnableToReadNote, OSError, ValueError) as odd:
        raise UnableToUseKey(f"{file} cannot be read: {odd}") from None
    return [key for key in found if key.kind == kind]

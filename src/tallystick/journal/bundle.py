"""The whole log as a folder of text, for auditors, the regulator and backups."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from tallystick.journal import kept, keys, queries
from tallystick.journal.models import Checkpoint, Entry, Reading

AT_ONCE = 500
FORMAT = "tally-bundle-v1"
STATED, LEAVES, PAYLOADS = "bundle.json", "leaves.jsonl", "payloads.jsonl"
READINGS, CHECKPOINTS = "readings.jsonl", "checkpoints"


class UnableToBundle(Exception):
    """The folder is there already, or words were removed while it was written."""


def write(folder: Path, home: Path) -> queries.Head:
    """Write the log, as it is just now, into a folder that is not there yet; return its size and root.

    :raises UnableToBundle: if the folder is there, or words were removed in the meantime
    """
    if folder.exists():
        raise UnableToBundle(f"{folder} is there already. Name a new folder.")
    aside = folder.with_name(f"{folder.name}.part")
    if aside.exists():
        raise UnableToBundle(f"{aside} is left from one that was not finished. Remove it and begin again.")
    aside.mkdir(parents=True, mode=0o700)
    (aside / CHECKPOINTS).mkdir()
    head = queries.head()
    known = [key.written for key in keys.stated(home)]
    origin = known[-1].partition("+")[0] if known else ""
    _lines(aside / LEAVES, _leaves(head.size))
    _lines(aside / PAYLOADS, _payloads(head.size))
    _lines(aside / READINGS, _readings())
    for row in Checkpoint.objects.filter(size__lte=head.size).order_by("size"):
        note = aside / CHECKPOINTS / kept.name_of(row.size)
        note.write_text(queries.signed_text(row), encoding="utf-8")
    told = {
        "format": FORMAT,
        "origin": origin,
        "size": head.size,
        "root": head.root,
        "keys": known,
        "whole": True,
    }
    (aside / STATED).write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if Entry.objects.filter(seq__gte=head.size, act="journal.redact").exists():
        raise UnableToBundle(f"Words were removed while {aside} was written. Remove it and begin again.")
    aside.rename(folder)
    return head


def _leaves(size: int) -> Iterator[str]:
    rows = Entry.objects.filter(seq__lt=size).order_by("seq").values_list("leaf", flat=True)
    for leaf in rows.iterator(AT_ONCE):
        yield bytes(leaf).decode()


def _payloads(size: int) -> Iterator[str]:
    rows = Entry.objects.filter(seq__lt=size, payload__isnull=False).order_by("seq")
    for seq, salt, text in rows.values_list("seq", "payload__salt", "payload__text").iterator(AT_ONCE):
        yield _line({"seq": seq, "salt": bytes(salt).hex(), "payload": text})


def _readings() -> Iterator[str]:
    for reading in Reading.objects.order_by("day", "pk").iterator(AT_ONCE):
        yield queries.reading_written(reading).decode()


def _line(told: dict[str, object]) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def _lines(file: Path, lines: Iterator[str]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as opened:
        opened.writelines(f"{line}\n" for line in lines)
        opened.flush()
        os.fsync(opened.fileno())

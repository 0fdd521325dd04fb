"""Read a rulebook folder."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tallystick.rulebook.checks import CHECKS
from tallystick.rulebook.drafts import Draft, Drafts, read
from tallystick.rulebook.edition import edition
from tallystick.rulebook.handling import Handling
from tallystick.rulebook.problems import Problem, nearest
from tallystick.rulebook.rulebook import Rulebook

HEADINGS = ("code", "handling")
OPTIONAL = ("bodies", "voting", "processes", "scoring", "risks", "techniques", "charges")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The rulebook, or everything wrong with it."""

    rulebook: Rulebook | None
    problems: tuple[Problem, ...]


def load(root: Path) -> Loaded:
    """Read every file under the folder; return the rulebook, or every problem in every file."""
    if not (root / "code.yaml").is_file():
        missing = Problem(root / "code.yaml", 1, 1, "the file is missing", "Write it, with the code's title.")
        return Loaded(None, (missing,))
    drafts = read(root)
    problems = [problem for draft in drafts for problem in draft.problems]
    problems += _written_twice(drafts)
    problems += _left_unread(root, drafts.groups())
    problems += [problem for check in CHECKS for problem in check(drafts)]
    if problems or drafts.code.definition is None:
        return Loaded(None, tuple(sorted(set(problems))))
    return Loaded(_rulebook(drafts), ())


def _rulebook(drafts: Drafts) -> Rulebook:
    # A code without one of the optional folders states what it stated before there were any.
    texts = {
        folder: {draft.name: draft.text.value for draft in group}
        for folder, group in drafts.groups().items()
        if group or folder not in OPTIONAL
    }
    code, handling = drafts.code.definition, drafts.handling
    if code is None:
        raise TypeError  # pragma: no cover - load() has looked
    if handling is not None:
        texts["handling"] = handling.text.value
    return Rulebook(
        code=code,
        edition=edition({"code": drafts.code.text.value, **texts}),
        clauses=_by_name(drafts.clauses),
        calendar_texts=_by_name(drafts.calendars),
        parameters=_by_name(drafts.parameters),
        streams=_by_name(drafts.streams),
        measures=_by_name(drafts.measures),
        levels=_by_name(drafts.levels),
        obligations=_by_name(drafts.obligations),
        bodies=_by_name(drafts.bodies),
        voting=_by_name(drafts.voting),
        processes=_by_name(drafts.processes),
        scoring=_by_name(drafts.scoring),
        risks=_by_name(drafts.risks),
        techniques=_by_name(drafts.techniques),
        charges=_by_name(drafts.charges),
        handling=(handling and handling.definition) or Handling(),
    )


def _by_name(drafts: tuple[Draft[Any], ...]) -> dict[str, Any]:
    return {draft.name: draft.definition for draft in drafts if draft.definition is not None}


def _left_unread(root: Path, folders: Collection[str]) -> Iterator[Problem]:
    """Tell what stands where definitions are read and would be passed over without a word."""
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and path.name not in folders):
        meant = nearest(folder.name, folders)
        if meant:
            yield Problem(folder, 1, 1, "the folder is not read", "Rename it, or move it away.", meant)
    for file in sorted(file for file in root.glob("*.yaml") if file.stem not in HEADINGS):
        meant = nearest(file.stem, HEADINGS)
        if meant:
            yield Problem(file, 1, 1, "the file is not read", "Rename it, or move it away.", meant)
    for entry in sorted(entry for folder in folders for entry in (root / folder).glob("[!.]*")):
        if entry.suffix != ".yaml":
            remedy = "Give the file a name that ends in .yaml, directly under its folder."
            yield Problem(entry, 1, 1, f"{entry.name!r} is not read", remedy)


def _written_twice(drafts: Drafts) -> Iterator[Problem]:
    for group in drafts.groups().values():
        seen: dict[str, Path] = {}
        for draft in group:
            first = seen.setdefault(draft.name, draft.text.file)
            if first != draft.text.file:
                what = f"{draft.name!r} is already the {draft.names} of {first.name}"
                yield draft.text.problem((draft.names,), what, "Give each file a key of its own.")

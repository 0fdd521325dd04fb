"""The doors of the journal as a whole: what was signed, by whom it was seen, and how to check it elsewhere.

Nothing here tells what was done or by whom: sizes, roots and signatures are for everybody to compare.
"""

import io
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tallystick.journal import kept, keys, queries
from tallystick.journal.models import Checkpoint
from tallystick.journal.notes import UnableToReadNote, read
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.request import Request

SHOWN = 30
CHECKER = "tally_verify"


@require_safe
def journal(request: Request, code: str) -> HttpResponse:
    """Show the head of the log, what was signed of it, and how to check a receipt."""
    signed = queries.checkpoints(SHOWN)
    return render(
        request,
        "site/journal.html",
        {
            "code": code,
            "head": queries.head(),
            "signed": signed,
            "keys": stated_keys(),
            "short": short,
            "may_redact": is_granted(request.acting, "redaction", "r"),
        },
    )


@require_safe
def checkpoint(request: Request, code: str, size: int) -> HttpResponse:  # noqa: ARG001 - a view is given them
    """Give a checkpoint as it was signed, with the lines of witnesses."""
    row = Checkpoint.objects.filter(size=size).first()
    if row is None:
        raise Http404
    answer = HttpResponse(queries.signed_text(row), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{kept.name_of(size)}"'
    return answer


@require_safe
def checker(request: Request, code: str) -> FileResponse:  # noqa: ARG001 - a view is given them
    """Give the program that checks receipts: one file, which needs nothing of ours."""
    found = find_spec(CHECKER)
    if found is None or found.origin is None:
        raise Http404
    text = io.BytesIO(Path(found.origin).read_bytes())
    return FileResponse(text, as_attachment=True, filename="tally_verify.py", content_type="text/x-python")


def short(hashed: str) -> str:
    """Return the ends of a hash, enough to compare by eye."""
    return f"{hashed[:4]}…{hashed[-4:]}"


def signed_last() -> str:
    """Return the size and the ends of the root that was signed last, for the foot of a page."""
    within = kept.folder(settings.HOME)
    return _signed_last(within, within.stat().st_mtime_ns) if within.is_dir() else ""


@lru_cache(maxsize=2)
def _signed_last(within: Path, _: int) -> str:
    """Read it once for each state of the folder."""
    sizes = kept.sizes(within.parent)
    if not sizes:
        return ""
    try:
        stated = read(kept.text_of(within.parent, sizes[-1])).checkpoint
    except UnableToReadNote:
        return ""
    return f"{stated.size:,} · {short(stated.root.hex())}"


def stated_keys() -> list[str]:
    """Return the keys of the log as they are written; none where their file cannot be read."""
    try:
        return [key.written for key in keys.stated(settings.HOME)]
    except keys.UnableToUseKey:
        return []


def held_in(entries: list[int]) -> dict[str, Any]:
    """Return which checkpoint holds each entry, how many wait for one, and what was signed last."""
    covering = queries.covering(entries)
    last = queries.checkpoints(1)
    return {
        "covering": covering,
        "pending": sum(seq not in covering for seq in entries),
        "last": last[0] if last else None,
        "key": next(iter(stated_keys()[-1:]), ""),
    }

"""Words of an act that stand in rows besides its entry: the entry names where, and they go with its own.

An entry names each place as `HANDLE.column`, or `HANDLE.column.key` of what is kept by keys. A model lists
in WORDS the columns that may hold such words; its guard in the database asks for the order and for the name.
"""

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.apps import apps
from django.utils import timezone

from tallystick.decisions.kept_tables import INSTEAD, NAMED
from tallystick.journal.governed import Governed
from tallystick.journal.models import Payload, Redaction
from tallystick.parties.policy.guard import unscoped

WHY = "Two persons ordered the words of an entry away; where they stand besides they go too, whoever reads."
SENTENCE = re.compile(re.escape(INSTEAD) + r"\d{1,2} [A-Z][a-z]+ \d{4} \(#[\d,]+\)")


class UnableToNameWords(Exception):
    """A column of a row is not among those that may hold the words of an act."""


def worded(row: Governed, *places: str) -> list[str]:
    """Return how an entry names the columns of a row that hold words of its act, without the empty ones.

    :raises UnableToNameWords: if the model does not list one among its WORDS
    """
    columns = {place.partition(".")[0] for place in places}
    strange = columns - getattr(row, "WORDS", frozenset())
    if strange:
        raise UnableToNameWords(f"{type(row).__name__} holds no words in {', '.join(sorted(strange))}.")
    return [f"{row.handle}.{place}" for place in places if getattr(row, place.partition(".")[0])]


def named(*places: str) -> dict[str, list[str]]:
    """Return as a fact of an entry where the words of its act stand besides."""
    return {NAMED: list(places)} if places else {}


def instead(on: dt.date, order: int) -> str:
    """Return the sentence that stands where words were: the day of the order, and the number of its entry."""
    return f"{INSTEAD}{on.day} {on:%B %Y} (#{order:,})"


def is_removed(words: str) -> bool:
    """Tell whether words are what an order left in the place of others."""
    return SENTENCE.fullmatch(words) is not None


@unscoped(WHY, of_everybody=True)
def remove_words(seq: int) -> None:
    """Remove for good what an entry's act said in rows, while the entry still says where that is.

    The database lets it go only once the order of two persons stands.
    """
    places = _named_in(seq)
    order = Redaction.objects.filter(entry=seq, state=Redaction.DONE).first()
    if not places or order is None or order.decided_at is None or order.order_id is None:
        return
    sentence = instead(timezone.localtime(order.decided_at).date(), order.order_id)
    for model in apps.get_models():
        words: frozenset[str] = getattr(model, "WORDS", frozenset())
        rows: Iterable[Any] = model._default_manager.filter(handle__in=places) if words else ()  # noqa: SLF001 - Django's documented way to a model's rows
        for row in rows:
            changed = {column: keys for column, keys in places[row.handle].items() if column in words}
            for column, keys in changed.items():
                setattr(row, column, _without(getattr(row, column), keys, sentence))
            row.save(update_fields=sorted(changed))


def _without(there: Any, keys: set[str], sentence: str) -> Any:
    return {**there, **dict.fromkeys(keys, sentence)} if isinstance(there, dict) else sentence


def _named_in(seq: int) -> Mapping[str, dict[str, set[str]]]:
    """Return the columns that an entry names, by the handle of their row, each with its keys, if any."""
    said = Payload.objects.filter(pk=seq).values_list("text", flat=True).first()
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for place in json.loads(said)["facts"].get(NAMED, ()) if said else ():
        handle, column, *key = place.split(".")
        found[handle].setdefault(column, set()).update(key)
    return found

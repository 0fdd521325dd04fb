"""pydantic's complaints, said in the words of the person who wrote the text."""

import types
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from tallystick.rulebook.problems import Problem, nearest
from tallystick.rulebook.terms import Mistake
from tallystick.rulebook.text import Path_, Text

SHOWN = 60
NO_KEYS = ("model_type", "dict_type", "model_attributes_type")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a complaint leads.

    The path in the text, without the tags that pydantic adds; the models that its last step stands in; what
    may stand there; and how a reader is told so.
    """

    path: Path_
    around: list[type[BaseModel]]
    annotations: list[Any]
    description: str | None


def problems(text: Text, kind: Any, error: ValidationError) -> Iterator[Problem]:
    """Yield one problem for each thing pydantic found wrong in the text."""
    seen: set[tuple[int, int, str]] = set()
    details = error.errors(include_url=False)
    for detail in details:
        problem = _problem(text, _followed(kind, text.value, detail["loc"]), detail)
        known = (problem.line, problem.column, problem.what) in seen
        if not known and not _goes_without_saying(detail, details):
            seen.add((problem.line, problem.column, problem.what))
            yield problem


def _goes_without_saying(detail: Any, details: Sequence[Any]) -> bool:
    """Tell whether another complaint says it better.

    Keys are no word, and a word is no keys, where either may stand; and a list whose items do not fit is
    counted as if it had none.
    """
    place = detail["loc"] if detail["type"] == "too_short" else detail["loc"][:-1]
    beside = [one for one in details if one is not detail and one["loc"][: len(place)] == place]
    if detail["type"] == "too_short":
        return bool(beside)
    if _is_of_words(detail):
        return bool(beside) and not isinstance(detail["input"], str)
    return detail["type"] in NO_KEYS and any(
        _is_of_words(one) and isinstance(one["input"], str) for one in beside
    )


def _is_of_words(detail: Any) -> bool:
    return bool(detail["loc"]) and str(detail["loc"][-1]).startswith("literal[")


def _problem(text: Text, place: _Place, detail: Any) -> Problem:
    path, last = place.path, str(detail["loc"][-1]) if detail["loc"] else ""
    if detail["type"] == "union_tag_invalid":
        path = (*path, "kind")
    if detail["type"] == "missing" and last.isdigit():
        return text.problem(path, "the list is too short", f"Write {place.description or 'every item'}.")
    if detail["type"] == "missing":
        return text.problem(
            path, f"the key {last!r} is missing", f"Write {place.description or f'{last}: and its value'}."
        )
    if detail["type"] == "extra_forbidden":
        known = sorted({name for model in place.around for name in _keys(model)})
        remedy = f"Use one of {', '.join(known)}, or remove it." if known else "Remove it."
        return text.problem(path, f"the key {last[:SHOWN]!r} is not known", remedy, nearest(last, known))
    if detail["type"] in NO_KEYS:
        known = [name for one in place.annotations for model in _models(one) for name in _keys(model)]
        remedy = f"Write the keys {', '.join(known)}." if known else "Write keys and values."
        return text.problem(path, "there are no keys", remedy)
    return _mistake(text, place, detail) or text.problem(path, *_said(detail, place.description))


def _mistake(text: Text, place: _Place, detail: Any) -> Problem | None:
    """Return the problem that a definition itself found, at the key it names."""
    found = (detail.get("ctx") or {}).get("error")
    if not isinstance(found, Mistake):
        return None
    remedy = found.remedy or (f"Write {place.description}." if place.description else "Correct it.")
    return text.problem((*place.path, *found.place), str(found), remedy, found.nearest)


def _said(detail: Any, description: str | None) -> tuple[str, str, str]:
    """Return what is wrong with a value, what would be right, and the nearest word to it."""
    given = detail["input"] if isinstance(detail["input"], str) else None
    if detail["type"] in ("literal_error", "union_tag_invalid"):
        context = detail["ctx"]
        known = _words(context.get("expected") or context.get("expected_tags", ""))
        if isinstance(detail["input"], dict) and isinstance(detail["input"].get("kind"), str):
            given = detail["input"]["kind"]
        what = "this is" if given is None else f"{given[:SHOWN]!r} is"
        remedy = f"Use one of {', '.join(known)}."
        return f"{what} not one of the words that fit here", remedy, nearest(given or "", known)
    if detail["type"] == "union_tag_not_found":
        return "the key 'kind' is missing", "Write kind: and the kind of measure.", ""
    if detail["type"] in ("value_error", "assertion_error"):
        return detail["msg"].partition(", ")[2], f"Write {description}." if description else "Correct it.", ""
    if detail["type"] in ("too_short", "too_long"):
        what = "there are too few items" if detail["type"] == "too_short" else "there are too many items"
        bound = detail["ctx"].get("min_length", detail["ctx"].get("max_length"))
        return what, f"Write {description or f'{bound} of them'}.", ""
    what = f"{given[:SHOWN]!r} does not fit" if given is not None else "this does not fit"
    expected = (
        detail["msg"].removeprefix("Input should be ").replace("a valid string", "a word or a sentence")
    )
    return what, f"Write {description or expected}.", ""


def _words(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ", ").split(",") if word.strip(" '")]


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _followed(kind: Any, value: Any, location: tuple[str | int, ...]) -> _Place:
    """Follow pydantic's location through text and definitions."""
    place = _Place((), _models(kind), [kind], None)
    before = [kind]
    for step in location:
        models = [model for one in place.annotations for model in _models(one)]
        tagged = [model for model in models if step in (model.__name__, _tag(model))]
        fields = [found for model in models for found in _fields(model, step)]
        if step == "[key]":
            keys = [key for one in before for key in _inside(one, keys=True)]
            place = _Place(place.path, place.around, keys, _described(None, keys))
        elif tagged and (len(models) > 1 or not _holds(value, step)):
            place = _Place(place.path, tagged, [*tagged], place.description)
        elif _holds(value, step) or fields:
            before = place.annotations
            inner = [field.annotation for field in fields] or [
                deeper for one in before for deeper in _inside(one)
            ]
            place = _Place((*place.path, step), models, inner, _described(fields, inner))
            value = value[step] if _holds(value, step) else None
    return place


def _fields(model: type[BaseModel], step: str | int) -> list[FieldInfo]:
    return [field for name, field in model.model_fields.items() if step == (field.alias or name)]


def _described(fields: Sequence[FieldInfo] | None, annotations: Sequence[Any]) -> str | None:
    """Return what a reader is told of the fields, or of the first type among the annotations."""
    told = [field.description for field in fields or ()]
    told += [said for one in annotations for said in _descriptions(one)]
    return next((said for said in told if said), None)


def _descriptions(annotation: Any) -> Iterator[str | None]:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from (one.description for one in inner[1:] if isinstance(one, FieldInfo))
        yield from _descriptions(inner[0])
    elif origin in (Union, types.UnionType):
        for one in inner:
            yield from _descriptions(one)


def _holds(value: Any, step: str | int) -> bool:
    if isinstance(step, int):
        return isinstance(value, list) and 0 <= step < len(value)
    return isinstance(value, dict) and step in value


def _tag(model: type[BaseModel]) -> str | None:
    kind = model.model_fields.get("kind")
    return next(iter(get_args(kind.annotation)), None) if kind else None


def _models(annotation: Any) -> list[type[BaseModel]]:
    """Return the models an annotation may be, through unions, `Annotated` and optionals."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    if get_origin(annotation) in (Union, types.UnionType, Annotated):
        return [model for inner in get_args(annotation) for model in _models(inner)]
    return []


def _inside(annotation: Any, *, keys: bool = False) -> list[Any]:
    """Return what the values of a mapping (or its keys), or the items of a list, may be."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType, Annotated):
        return [deeper for one in inner for deeper in _inside(one, keys=keys)]
    if origin is dict:
        return [inner[0 if keys else 1]]
    return list(inner[:1]) if origin in (tuple, list) else []

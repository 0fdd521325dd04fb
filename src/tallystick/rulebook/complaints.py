"""pydantic's complaints, said in the words of the person who wrote the text."""

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from tallystick.rulebook.problems import Problem, nearest
from tallystick.rulebook.text import Text

SHOWN = 60


def problems(text: Text, kind: Any, error: ValidationError) -> Iterator[Problem]:
    """Yield one problem for each thing pydantic found wrong in the text."""
    seen: set[tuple[int, int, str]] = set()
    for detail in error.errors(include_url=False):
        problem = _problem(text, kind, detail)
        if (problem.line, problem.column, problem.what) not in seen:
            seen.add((problem.line, problem.column, problem.what))
            yield problem


def _problem(text: Text, kind: Any, detail: Any) -> Problem:
    path, models, field = _followed(kind, text.value, detail["loc"])
    if detail["type"] == "union_tag_invalid":
        path = (*path, "kind")
    last = str(path[-1]) if path else ""
    if detail["type"] == "missing":
        wanted = (field.description if field else None) or f"{last}: and its value"
        return text.problem(path, f"the key {last!r} is missing", f"Write {wanted}.")
    if detail["type"] == "extra_forbidden":
        known = sorted({name for model in models for name in _keys(model)})
        remedy = f"Use one of {', '.join(known)}, or remove it." if known else "Remove it."
        return text.problem(path, f"the key {last[:SHOWN]!r} is not known", remedy, nearest(last, known))
    if detail["type"] in ("model_type", "dict_type", "model_attributes_type"):
        known = [name for model in models for name in _keys(model)]
        remedy = f"Write the keys {', '.join(known)}." if known else "Write keys and values."
        return text.problem(path, "there are no keys", remedy)
    return text.problem(path, *_said(detail, field))


def _said(detail: Any, field: FieldInfo | None) -> tuple[str, str, str]:
    """Return what is wrong with a value, what would be right, and the nearest word to it."""
    given = detail["input"] if isinstance(detail["input"], str) else None
    if detail["type"] in ("literal_error", "union_tag_invalid"):
        context = detail["ctx"]
        known = _words(context.get("expected") or context.get("expected_tags", ""))
        given = context.get("tag", given)
        what = f"{str(given)[:SHOWN]!r} is not one of the words that fit here"
        return what, f"Use one of {', '.join(known)}.", nearest(str(given), known)
    if detail["type"] == "union_tag_not_found":
        return "the key 'kind' is missing", "Write kind: and the kind of measure.", ""
    description = field.description if field else None
    if detail["type"] in ("value_error", "assertion_error"):
        return detail["msg"].partition(", ")[2], f"Write {description}." if description else "Correct it.", ""
    what = f"{given[:SHOWN]!r} does not fit" if given is not None else "this does not fit"
    remedy = description or detail["msg"].removeprefix("Input should be ").removeprefix("a valid ")
    return what, f"Write {remedy}.", ""


def _words(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ", ").split(",") if word.strip(" '")]


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _followed(
    kind: Any, value: Any, location: tuple[str | int, ...]
) -> tuple[tuple[str | int, ...], list[type[BaseModel]], FieldInfo | None]:
    """Follow pydantic's location through text and definitions.

    Return the path in the text (without the tags that pydantic adds), the models the last step stands in,
    and the field it is.
    """
    path: tuple[str | int, ...] = ()
    annotations, field, models = [kind], None, _models(kind)
    for step in location:
        if step == "[key]":
            continue
        models = [model for one in annotations for model in _models(one)]
        tagged = [m for m in models if m.__name__ == step or _tag(m) == step]
        if tagged and not _holds(value, step):
            annotations, models = [*tagged], tagged
            continue
        if not (_holds(value, step) or step == location[-1]):
            continue
        path, field = (*path, step), None
        value = value[step] if _holds(value, step) else None
        found = [f for model in models for name, f in model.model_fields.items() if step in (f.alias, name)]
        if found:
            field, annotations = found[0], [one.annotation for one in found]
        else:
            annotations = [inner for one in annotations for inner in _inside(one)]
    if not location:
        models = _models(kind)
    elif field is None and value is not None:
        models = [model for one in annotations for model in _models(one)] or models
    return path, models, field


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


def _inside(annotation: Any) -> list[Any]:
    """Return what the values of a mapping or the items of a list may be."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType, Annotated):
        return [deeper for one in inner for deeper in _inside(one)]
    if origin is dict:
        return [inner[1]]
    return list(inner[:1]) if origin in (tuple, list) else []

"""What every page has: the language its templates are written in, and the shell around its main part."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import Environment, StrictUndefined

from tallystick import __version__
from tallystick.month import blocks, wording
from tallystick.parties.acting import Acting
from tallystick.parties.rulebooks import rulebook_of
from tallystick.site import clock, floor_plan, panels, proofs, read_only


def environment(**options: Any) -> Environment:
    """Return the environment of all pages: escaping everything, knowing the words and shapes of `month`."""
    made = Environment(  # noqa: S701 - Django passes autoescape, always on
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    )
    made.globals.update(
        static=static,
        url=url,
        w=wording,
        classes=wording.CLASSES,
        chip=blocks.chip,
        sprite=static("site/icons.svg"),
        version=__version__,
        read_only=read_only.sentence,
        signed_last=proofs.signed_last,
        doors=panels.doors,
        remarks=panels.remarks,
        noted=panels.noted,
        body_named=body_named,
    )
    made.filters.update(day=day, moment=moment, short_moment=short_moment)
    return made


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a page by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def body_named(code: str, key: str) -> str:
    """Return what a body of the code is called in passing: its short name, if it has one."""
    body = rulebook_of(code).bodies.get(key)
    return (body.short or body.name) if body else key


def day(value: dt.date | dt.datetime) -> str:
    """Return a day as people write it: Tue 5 Oct 2021."""
    return f"{value:%a} {value.day} {value:%b %Y}"


def moment(value: dt.datetime) -> str:
    """Return an instant in the zone of the site, to the minute."""
    local = timezone.localtime(value)
    return f"{day(local)} {local:%H:%M}"


def short_moment(value: dt.datetime) -> str:
    """Return an instant as short as a list has room for: 5 Oct 09:10."""
    local = timezone.localtime(value)
    return f"{local.day} {local:%b %H:%M}"


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what the shell of a page says: where the reader is, who they are, what waits on them."""
    acting: Acting = getattr(request, "acting", None) or Acting(settings.CODES[0], clock.today())
    return {
        "acting": acting,
        "plan": floor_plan.shell_of(request, acting),
        "is_demo": settings.IS_DEMO,
        "notices": list(messages.get_messages(request)),
    }

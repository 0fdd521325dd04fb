"""What may be asked about exclusions and the questions put about them: through what somebody may see."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from tallystick.parties.acting import Acting
from tallystick.parties.once import once
from tallystick.runs.models import Exclusion
from tallystick.runs.questions import Question


def exclusions_of(acting: Acting, measure: str = "", period: str = "") -> list[Exclusion]:
    """Return the exclusions entered at a measure and period, or all, the latest first."""
    asked = Q(measure=measure) if measure else Q()
    asked &= Q(period=period) if period else Q()
    found = Exclusion.objects.visible_to(acting).filter(asked).select_related("entered_by", "checked_by")
    return list(found.order_by("-entered_at", "-pk"))


def exclusion(acting: Acting, reference: str) -> Exclusion | None:
    found: Exclusion | None = Exclusion.objects.visible_to(acting).filter(reference=reference).first()
    return found


def exclusions_named(acting: Acting, references: Iterable[str]) -> list[Exclusion]:
    """Return those exclusions of the references that exist for whoever asks, the first entered first."""
    named = [one for one in references if one.isprintable()]
    return list(Exclusion.objects.visible_to(acting).filter(reference__in=named).order_by("pk"))


@once
def exclusions_waiting(acting: Acting) -> list[Exclusion]:
    """Return the exclusions that wait for a second check, with who entered each, the oldest first."""
    asked = Question.objects.visible_to(acting).filter(Question.OPEN, exclusion=OuterRef("pk"))
    waiting = Exclusion.objects.visible_to(acting).filter(state=Exclusion.ENTERED)
    told = waiting.annotate(is_asked_about=Exists(asked))
    return list(told.select_related("entered_by").order_by("entered_at", "pk"))


def exclusions_to_check(acting: Acting) -> list[Exclusion]:
    """Return the exclusions that wait for a second person, without those the person who asks entered.

    One about which a question is open waits for its answer first.
    """
    own, waiting = acting.person and acting.person.pk, exclusions_waiting(acting)
    return [one for one in waiting if not _is_asked_about(one) and one.entered_by_id != own]


def exclusions_entered(acting: Acting) -> list[Exclusion]:
    """Return the exclusions that the person who asks entered and that wait for a second one."""
    own = acting.person and acting.person.pk
    return [one for one in exclusions_waiting(acting) if own is not None and one.entered_by_id == own]


def questions_on(acting: Acting, exclusion: Exclusion) -> list[Question]:
    """Return what was asked about an exclusion, the first first."""
    asked = Question.objects.visible_to(acting).filter(exclusion=exclusion)
    return list(asked.select_related("asked_by", "answered_by").order_by("asked_at", "pk"))


@once
def open_questions(acting: Acting) -> list[Question]:
    """Return the questions about exclusions that nobody has answered yet, with who entered each."""
    if not any(map(_is_asked_about, exclusions_waiting(acting))):
        return []
    waiting = Question.objects.visible_to(acting).filter(Question.OPEN, exclusion__state=Exclusion.ENTERED)
    found = waiting.select_related("exclusion__entered_by", "asked_by").order_by("asked_at", "pk")
    return list(found)


def asked_about(acting: Acting) -> set[str]:
    """Return the references of exclusions about which a question is open."""
    return {one.exclusion.reference for one in open_questions(acting)}


def _is_asked_about(one: Exclusion) -> bool:
    told: bool = one.is_asked_about  # type: ignore[attr-defined]  # told with the row by `exclusions_waiting`
    return told

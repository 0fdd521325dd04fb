"""What an address of this room names, and how an act on it is refused."""

from django.http import Http404
from django.urls import reverse
from django.urls.converters import StringConverter

from tallystick.parties.classified import Classified
from tallystick.parties.request import Request
from tallystick.processes.views.asked import About
from tallystick.risks import queries
from tallystick.risks.models import OperatingPeriod, Risk, Wording
from tallystick.risks.operations.descent import UnableToMerge, UnableToSplit
from tallystick.risks.operations.opening import UnableToOpenRegister
from tallystick.risks.operations.proposing import UnableToAnswer, UnableToProposeLikelihood
from tallystick.risks.operations.scoring import UnableToScoreRisk
from tallystick.risks.operations.wording import UnableToWord

REFUSALS = (
    UnableToOpenRegister,
    UnableToWord,
    UnableToSplit,
    UnableToMerge,
    UnableToScoreRisk,
    UnableToProposeLikelihood,
    UnableToAnswer,
)


class RiskConverter(StringConverter):
    """The reference of a risk."""

    regex = "R-[0-9]{2,7}"


def found(request: Request, reference: str) -> tuple[Risk, list[Wording]]:
    """Return a risk that whoever is acting may see, with the versions of its words, the latest first.

    :raises Http404: if there is none
    """
    one = queries.risk(request.acting, reference)
    words = queries.words_by_risk(request.acting, [one])[one.pk] if one is not None else []
    if one is None or not words:
        raise Http404
    return one, words


def period_of(request: Request, name: str) -> OperatingPeriod:
    """Return an operating period by its name, the latest without one.

    :raises Http404: if there is none
    """
    there = queries.periods(request.acting)
    one = next((one for one in there if name in ("", one.name)), None)
    if one is None:
        raise Http404
    return one


def about(risk: Risk, words: Wording, row: Classified | None = None) -> About:
    """Return a risk as the page of an act names it; `row` is what is acted on, if not the risk itself."""
    href, register = reverse("risk", args=[risk.code, risk.reference]), reverse("risks", args=[risk.code])
    return About(row or risk, risk.reference, words.title, "", href, ("Risks", register), words.at)

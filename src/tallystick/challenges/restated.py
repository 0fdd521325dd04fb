"""The figure that is disputed: as it stood when the dispute was raised, and as it was corrected."""

from dataclasses import dataclass

from tallystick.challenges.models import Dispute
from tallystick.parties.acting import Acting
from tallystick.runs.models import Figure, Run


@dataclass(frozen=True)
class Restated:
    """A figure of the party in one run: `numerator` of `denominator`; neither where there was none."""

    run: Run
    words: str
    numerator: int | None
    denominator: int | None
    state: str


def restated(acting: Acting, dispute: Dispute) -> list[Restated]:
    """Return the figure in the run that is disputed, and in the one that it was corrected by, if it was.

    As far as somebody may see it.
    """
    measure = dispute.finding.measure if dispute.finding else dispute.measure
    runs = {"As it was disputed": dispute.run, "As it was corrected": dispute.corrected_by}
    found = {
        one.run_id: one
        for one in Figure.objects.visible_to(acting).filter(
            run__in=[one.pk for one in runs.values() if one is not None],
            measure=measure,
            party=dispute.party,
        )
    }
    return [_restated(run, words, found.get(run.pk)) for words, run in runs.items() if run is not None]


def _restated(run: Run, words: str, figure: Figure | None) -> Restated:
    if figure is None:
        return Restated(run, words, None, None, "")
    return Restated(run, words, figure.numerator, figure.denominator, figure.state)

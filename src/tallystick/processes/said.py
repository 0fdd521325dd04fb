"""Where a step holds words of whoever took it: what was chosen or dated is none of them."""

from tallystick.decisions.worded import worded
from tallystick.processes.models import Step
from tallystick.processes.queries import process_of


def words_of(*steps: Step) -> list[str]:
    """Return how an entry names the words that steps hold, so that an order can remove them."""
    return [place for step in steps for place in _of_one(step)]


def _of_one(step: Step) -> list[str]:
    asks = process_of(step.course).moves[step.move].asks
    told = [name for name, ask in asks.items() if ask.kind == "words" and step.said.get(name)]
    return worded(step, *(f"said.{name}" for name in told), "reason")

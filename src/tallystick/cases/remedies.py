"""What may be asked about the remedies of a case: always through what somebody may see."""

from dataclasses import dataclass

from tallystick.cases.facts import facts_of
from tallystick.cases.models import Case, Remedy
from tallystick.parties.acting import Acting
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.engine import Offer
from tallystick.processes.guards import PREDICATES
from tallystick.processes.queries import offered, process_of, roles_of, standing_of, standings
from tallystick.processes.standing import Standing

# The names of case.yaml and remedy.yaml. A case takes remedies once its party knows of it.
FILED_IN = ("notice", "reply", "remedy", "on_track")
ACCEPTS = ("accept_remedy", "accept_remedy_at_pab", "accept_remedy_at_panel")
REMEDY, FILE, ACCEPT = "remedy", "file", "accept"
ELSEWHERE = frozenset({FILE, "supersede", "set_aside", "miss", "finish"})


@dataclass(frozen=True)
class Seen:
    """A version with the stage that it stands in, by name and in words."""

    remedy: Remedy
    stage: str
    title: str


def remedies(acting: Acting, case: Case) -> list[Seen]:
    """Return the versions of a case's remedy that somebody may see, the oldest first."""
    rows = Remedy.objects.visible_to(acting).filter(case=case)
    found = list(rows.select_related("course", "case", "filed_by").order_by("version"))
    stands = standings([one.course for one in found], acting.day)
    seen = []
    for one in found:
        value = process_of(one.course)
        stage = stands[one.course_id].at[value.main]
        seen.append(Seen(one, stage, value.stage(stage).title))
    return seen


def remedy(acting: Acting, case: Case, version: int) -> Seen | None:
    """Return one version, if somebody may see it."""
    return next((one for one in remedies(acting, case) if one.remedy.version == version), None)


def may_file(acting: Acting, case: Case) -> bool:
    """Tell whether the rule lets somebody file a version today: the party itself, or the office for it."""
    standing = standing_of(case.course, acting.day)
    rule = rulebook_of(case.code).processes[REMEDY].value_on(acting.day).moves[FILE]
    is_open = not standing.on_hold and standing.at[process_of(case.course).main] in FILED_IN
    return is_open and bool(roles_of(acting, case.course) & set(rule.who))


def offers_for_remedy(acting: Acting, case: Case, remedy: Remedy) -> list[Offer]:
    """Return what somebody may do with a version now; what other acts do by themselves is not among it.

    To accept it is offered only where the case can take it on: a decision of a body that has to be carried
    out is named by `body`.
    """
    facts = facts_of(case, acting.day)
    now, _ = offered(remedy.course, facts, PREDICATES, acting)
    found = [one for one in now if one.move not in ELSEWHERE]
    accepting = accepting_move(case, standing_of(case.course, acting.day))
    if accepting == "":
        return found
    of_case, _ = offered(case.course, facts, PREDICATES, acting)
    taken_on = next((one for one in of_case if one.move == accepting), None)
    kept = [one for one in found if one.move != ACCEPT]
    if taken_on is None or len(kept) == len(found):
        return kept
    return [taken_on, *kept]


def accepting_move(case: Case, standing: Standing) -> str | None:
    """Return the move by which a case takes on a version; empty where it carries one out already.

    None where no version is accepted: elsewhere than at the remedy, or before a body that has to ask first.
    """
    value = process_of(case.course)
    stage, ladder = standing.at["case"], standing.at["ladder"]
    if stage == "remedy":
        return next(one for one in ACCEPTS if ladder in value.moves[one].while_["ladder"])
    return "" if stage == "on_track" and ladder in value.moves[ACCEPTS[0]].while_["ladder"] else None

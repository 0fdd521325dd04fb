"""What may be asked about the remedies of a case: always through what somebody may see."""

from dataclasses import dataclass

from tallystick.cases.models import Case, Remedy
from tallystick.parties.acting import Acting
from tallystick.processes.queries import process_of, standings
from tallystick.processes.standing import Standing

# The names of case.yaml and remedy.yaml. A case takes remedies once its party knows of it.
FILED_IN = ("notice", "reply", "remedy", "on_track")
ACCEPTS = ("accept_remedy", "accept_remedy_at_pab", "accept_remedy_at_panel")


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


def accepting_move(case: Case, standing: Standing) -> str | None:
    """Return the move by which a case takes on a version; empty where it carries one out already.

    None where no version is accepted: elsewhere than at the remedy, or before a body that has to ask first.
    """
    value = process_of(case.course)
    stage, ladder = standing.at["case"], standing.at["ladder"]
    if stage == "remedy":
        return next(one for one in ACCEPTS if ladder in value.moves[one].while_["ladder"])
    return "" if stage == "on_track" and ladder in value.moves[ACCEPTS[0]].while_["ladder"] else None

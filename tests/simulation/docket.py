"""The cases of a simulated year: who does what next on each, or lets a time go by."""

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

from tallystick.cases.models import Case, Message
from tallystick.cases.operations.closing import withdraw_case
from tallystick.cases.operations.opening import Opened, open_case
from tallystick.cases.operations.remedies import accept_remedy
from tallystick.cases.operations.sharing import share_lines
from tallystick.cases.operations.talking import (
    Reply,
    Sending,
    give_notice,
    read_messages,
    reply,
    send_message,
    write_note,
)
from tallystick.decisions.models import Motion
from tallystick.parties.models import Organisation
from tallystick.processes.queries import standing_of
from tallystick.runs.models import Finding, FindingVersion
from tests.simulation.boards import Boards
from tests.simulation.chance import dice_of
from tests.simulation.hands import REFUSALS, File, Hands
from tests.simulation.law import ONE, Law
from tests.simulation.months import OBLIGATION
from tests.simulation.remedying import Remedies
from tests.simulation.town import BEGINS

MOVES = tuple(Law.of("case", BEGINS).moves)
BEFORE = {
    "escalated_to_pab": "pab",
    **dict.fromkeys(("escalated_to_panel", "published", "constrained", "material_breach"), "panel"),
}
AHEAD = {
    "escalated_to_pab": ("ask_again_at_pab", "escalate_to_panel"),
    "escalated_to_panel": ("publish", "constrain_at_once", "declare_breach_at_once", "ask_again_at_panel"),
    "published": ("constrain", "declare_breach_unconstrained"),
    "constrained": ("declare_breach",),
    "material_breach": ("refer",),
}
# Of each rung below a body what may come next: the move, what it asks, and why it skips a stage.
CLIMBS: dict[str, tuple[tuple[str, dict[str, str], str], ...]] = {
    "uninformed": (("inform", {}, ""),),
    "informed": (("persuade", {"how": "A call"}, ""), ("ask_for_remedy_at_once", {}, "It is late")),
    "persuaded": (("ask_for_remedy", {}, ""), ("escalate_to_pab_at_once", {}, "It is serious")),
}


class Docket:
    """All cases, and what is done on them on a day."""

    def __init__(self, hands: Hands, remedies: Remedies, boards: Boards) -> None:
        self.hands, self.remedies, self.boards = hands, remedies, boards
        self.files: list[File] = []
        self.stages: dict[str, Callable[[File, Random, str], None]] = {
            "finding": self._found,
            "notice": self._noticed,
            "reply": self._replied,
            "remedy": self._remedy,
            "on_track": self._on_track,
            "verified": lambda file, dice, _: remedies.close(file, dice),
        }

    def open(self, party: Organisation, findings: tuple[Finding, ...], source: str) -> None:
        by, key = self.hands.by(self.hands.town.jo), self.hands.desk.key()
        said = Opened(
            party,
            title="Hubs of the wrong variant",
            what="Hubs were not of the variant that their area needs.",
            obligation=OBLIGATION,
            severity="moderate",
            confidence="likely",
            key=key,
            source=source,
            findings=findings,
            teller="A competitor" if source == Case.THIRD_PARTY else "",
        )
        made = self.hands.desk.do(
            "cases opened", lambda at: open_case(opened=said, by=by, at=at), refusals=REFUSALS
        )
        if made is not None:
            self.files.append(File(made, party, self.hands.day + ONE))

    def work(self, day: dt.date) -> None:
        """Let whoever has something to do on a case today do it."""
        self.hands.day = day
        for file in self.files:
            if not file.is_over and file.next_on <= day:
                dice = dice_of(self.hands.desk.seed, "case", file.case.reference, day)
                file.next_on = self.hands.later(dice.randint(1, 6))
                self._look_at(file, dice)

    def _look_at(self, file: File, dice: Random) -> None:
        file.case.refresh_from_db()
        standing = standing_of(file.case.course, self.hands.day)
        at = standing.at
        file.is_over = at["case"] in ("closed", "withdrawn")
        if file.is_over or (standing.on_hold and dice.random() < 0.7):
            return
        if dice.random() < 0.12:
            self._try_anything(file, dice)
        if dice.random() < 0.2:
            self._talk(file, dice)
        if self._rests_on_nothing(file):
            by = self.hands.by(self.hands.town.sam)
            self.hands.done("cases withdrawn", withdraw_case, by=by, case=file.case)
        else:
            self.stages[at["case"]](file, dice, at["ladder"])

    def _found(self, file: File, dice: Random, ladder: str) -> None:
        town = self.hands.town
        findings = file.case.case_findings.values("finding")
        versions = list(FindingVersion.objects.filter(finding__in=findings, line_list__isnull=False))
        if versions and ladder == "uninformed":
            by = self.hands.by(town.jo)
            self.hands.done("lines shared", share_lines, by=by, case=file.case, versions=versions)
        by = self.hands.by(dice.choice((town.jo, town.sam)))
        self.hands.done("notices", give_notice, by=by, case=file.case, text="Please reply.")

    def _noticed(self, file: File, dice: Random, ladder: str) -> None:
        if dice.random() < 0.4 and file.party.slug not in self.hands.town.gone:
            stance = dice.choice(("accepted", "accepted_in_part", "disputed"))
            said, by = Reply(stance, "This is what we say.", self.hands.desk.key()), self.hands.delegate(file)
            self.hands.desk.do(
                "replies", lambda at: reply(case=file.case, said=said, by=by, at=at), refusals=REFUSALS
            )
        elif ladder == "uninformed":
            self.hands.step(file, "inform")

    def _replied(self, file: File, dice: Random, _: str) -> None:
        if dice.random() < 0.15:
            self.hands.step(file, "accept_reply", reason="What they say settles it.")
        else:
            self.hands.step(file, "go_on")

    def _remedy(self, file: File, dice: Random, ladder: str) -> None:
        waiting = self.remedies.waiting(file)
        if ladder in BEFORE:
            self._before_a_body(file, dice, ladder)
        elif ladder in CLIMBS:
            move, said, reason = dice.choice(CLIMBS[ladder])
            self.hands.step(file, move, said=said, reason=reason)
        elif waiting is not None:
            self.remedies.assess(waiting, dice)
        elif dice.random() < 0.7:
            self.remedies.file(file, dice)
        else:
            self.hands.step(file, "escalate_to_pab", said={"why": "No remedy came."})

    def _on_track(self, file: File, dice: Random, ladder: str) -> None:
        if ladder in BEFORE and dice.random() < 0.5:
            self._before_a_body(file, dice, ladder)
        else:
            self.remedies.carry_on(file, dice, ladder)

    def _before_a_body(self, file: File, dice: Random, ladder: str) -> None:
        """Put what may follow to the body that has the case, and carry out what it decided."""
        key = BEFORE[ladder]
        body = self.hands.town.pab if key == "pab" else self.hands.town.panel
        if file.motion is None:
            if self.remedies.waiting(file) is None and dice.random() < 0.5:
                self.remedies.file(file, dice)
            is_filed = self.remedies.waiting(file) is not None and dice.random() < 0.6
            file.wants = f"accept_remedy_at_{key}" if is_filed else dice.choice(AHEAD[ladder])
            title = f"Let it follow: {file.wants} of {file.case.reference}"
            file.motion = self.boards.put(body, file.party, title, self.hands.day)
            return
        file.motion.refresh_from_db()
        if file.motion.state == Motion.CLOSED:
            motion, file.motion = file.motion, None
            if motion.outcome == "carried":
                self._carry_out(file, body.key, motion.reference)

    def _carry_out(self, file: File, key: str, reference: str) -> None:
        town = self.hands.town
        chair, waiting = self.hands.by(town.chairs[key]), self.remedies.waiting(file)
        if file.wants == "publish":
            sending = Sending(Message.TO_PUBLISH)
            told: dict[str, Any] = {"text": "This is what would be published.", "sending": sending}
            self.hands.done("drafts shown", send_message, by=self.hands.by(town.sam), case=file.case, **told)
        if not file.wants.startswith("accept_remedy"):
            skips = file.wants.endswith(("at_once", "unconstrained"))
            reason = "It is grave." if skips else ""
            self.hands.step(file, file.wants, by=chair, decision=reference, reason=reason)
        elif waiting is not None:
            row: dict[str, Any] = {"remedy": waiting.row, "words": "", "decision": reference}
            self.hands.done("remedies accepted by a body", accept_remedy, by=chair, **row)

    def _try_anything(self, file: File, dice: Random) -> None:
        """Let somebody try a move, whether or not it is theirs or lawful now."""
        town = self.hands.town
        other = town.delegates[dice.choice(town.here()).slug]
        role = dice.choice((town.jo, town.sam, town.aud, town.obs, town.chairs["PAB"], other))
        said = {"why": "Because", "effect": "None", "how": "A call"}
        move = dice.choice(MOVES)
        asks = Law.of("case", BEGINS).moves[move].get("asks", {})
        told = {name: said.get(name, "words") for name in asks}
        self.hands.step(file, move, by=self.hands.by(role), said=told, reason="Because")

    def _talk(self, file: File, dice: Random) -> None:
        town = self.hands.town
        from_party = dice.random() < 0.5
        here, there = self.hands.delegate(file), self.hands.by(town.jo)
        by, other = (here, there) if from_party else (there, here)
        self.hands.done("messages", send_message, by=by, case=file.case, text="How does it go?")
        self.hands.desk.do(
            "messages read",
            lambda at: read_messages(case=file.case, by=other, at=at),
            entries=lambda read: int(bool(read)),
            again=False,
        )
        if dice.random() < 0.3:
            self.hands.done("notes", write_note, by=there, case=file.case, text="They sound unsure.")

    def _rests_on_nothing(self, file: File) -> bool:
        """Tell whether every finding of a case was withdrawn since."""
        states = file.case.case_findings.values_list("finding__state", flat=True)
        return bool(states) and set(states) == {Finding.WITHDRAWN}

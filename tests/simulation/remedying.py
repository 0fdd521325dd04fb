"""The remedies of a simulated year: filed, returned or accepted, kept or broken, and counted by hand."""

import datetime as dt
from decimal import Decimal
from itertools import takewhile
from random import Random
from typing import Any

from tallystick.cases.filings import Filed, Planned
from tallystick.cases.models import Case
from tallystick.cases.operations.closing import close_case, satisfy_auditor, verify_case
from tallystick.cases.operations.milestones import meet_milestone, recover, warn
from tallystick.cases.operations.remedies import accept_remedy, file_remedy, return_remedy
from tallystick.processes.queries import standing_of
from tests.simulation.hands import REFUSALS, File, Hands, Promise
from tests.simulation.months import MEASURE, Months

PROMISED = 92


class Remedies:
    """What is done on the remedy of a case."""

    def __init__(self, hands: Hands, months: Months) -> None:
        self.hands, self.months = hands, months

    def stage(self, promise: Promise) -> str:
        return standing_of(promise.row.course, self.hands.day).at["remedy"]

    def waiting(self, file: File) -> Promise | None:
        return next((one for one in file.promises[-1:] if self.stage(one) == "filed"), None)

    def carried(self, file: File) -> Promise | None:
        stands = ("accepted", "at_risk", "missed")
        return next((one for one in reversed(file.promises) if self.stage(one) in stands), None)

    def file(self, file: File, dice: Random) -> None:
        """File a version, half of them by a measure, and most of them signed."""
        day, by = self.hands.day, self.hands.delegate(file)
        works = [
            Planned(f"Work {number}", "O. Pike", day + dt.timedelta(dice.randint(5, 40)), "Log")
            for number in range(dice.randint(1, 3))
        ]
        signed = {"signed_by": "A. Head", "signed_as": "Director", "signed_on": day}
        criterion: dict[str, Any] = {"otherwise": "The sites were revisited."}
        of = (MEASURE, PROMISED, dice.randint(1, 2)) if dice.random() < 0.5 else None
        if of is not None:
            criterion = {"measure": MEASURE, "level": Decimal(PROMISED), "months": of[2]}
            works.append(Planned("At the level", "O. Pike", day + dt.timedelta(120), MEASURE))
        told = {**criterion, **(signed if dice.random() < 0.8 else {})}
        filed = Filed("A file of January", tuple(works), self.hands.desk.key(), **told)
        row = self.hands.desk.do(
            "remedies filed",
            lambda at: file_remedy(case=file.case, filed=filed, by=by, at=at),
            refusals=REFUSALS,
        )
        if row is not None:
            file.promises.append(Promise(row, day, of, list(row.milestones.order_by("number"))))
            if dice.random() < 0.7:
                self.months.mending.setdefault(file.party.slug, day)

    def assess(self, waiting: Promise, dice: Random) -> None:
        told: dict[str, Any] = {"by": self.hands.by(self.hands.town.jo), "remedy": waiting.row}
        if dice.random() < 0.3:
            self.hands.done("remedies returned", return_remedy, reasons="Say by when.", **told)
        else:
            self.hands.done("remedies accepted", accept_remedy, words="", **told)

    def carry_on(self, file: File, dice: Random, ladder: str) -> None:
        """Let a remedy be carried out: milestones met or not, risks seen, and in the end verified."""
        carried = self.carried(file)
        if carried is None:
            return
        if self.stage(carried) == "missed" and dice.random() < 0.4:
            self._failed(file, dice, ladder)
        elif ladder == "remedy_requested" and dice.random() < 0.6:
            self.hands.step(file, "plan_remedy")
        elif any(one.number not in carried.met for one in carried.milestones):
            self._next_milestone(file, carried, dice)
        else:
            self._verify(file, carried)

    def close(self, file: File, dice: Random) -> None:
        by = self.hands.by(self.hands.town.sam)
        if dice.random() < 0.85:
            self.hands.done("cases closed", close_case, by=by, case=file.case, effect="96% of the hubs now")
        else:
            self.hands.step(file, "unverify", said={"why": "It slipped again."})

    def _failed(self, file: File, dice: Random, ladder: str) -> None:
        if ladder in ("remedy_requested", "remedy_planned") and dice.random() < 0.6:
            self.hands.step(file, "escalate_to_pab", said={"why": "A milestone was missed."})
        else:
            self.hands.step(file, "reopen_remedy", said={"why": "A milestone was missed."})

    def _next_milestone(self, file: File, carried: Promise, dice: Random) -> None:
        town, luck = self.hands.town, dice.random()
        if luck < 0.2:
            by = self.hands.delegate(file)
            self.hands.done("risks seen", warn, by=by, remedy=carried.row, why="A van broke down.")
        elif luck < 0.3:
            by = self.hands.by(town.jo)
            self.hands.done("risks gone", recover, by=by, remedy=carried.row, why="It was mended.")
        elif luck < 0.75:
            one = next(one for one in carried.milestones if one.number not in carried.met)
            is_measured = carried.criterion is not None and one.proof == MEASURE
            told: dict[str, Any] = {"on": None if is_measured else self.hands.day, "by_what": "The log"}
            by = self.hands.by(town.jo)
            met = self.hands.done("milestones met", meet_milestone, by=by, milestone=one, **told)
            if met is not None:
                carried.met.add(one.number)
                holds = not is_measured or self.holds_by_hand(file, carried)
                self.hands.desk.expect(holds, f"{file.case.reference} met what no month shows")

    def _verify(self, file: File, carried: Promise) -> None:
        if file.case.source == Case.AUDIT and file.case.auditor_satisfied_at is None:
            by = self.hands.by(self.hands.town.aud)
            case = file.case
            self.hands.desk.do(
                "auditors satisfied",
                lambda at: satisfy_auditor(case=case, by=by, at=at),
                refusals=REFUSALS,
            )
        by = self.hands.by(self.hands.town.jo)
        done = self.hands.done("cases verified", verify_case, by=by, case=file.case)
        by_hand = self.holds_by_hand(file, carried)
        if done is not None:
            file.verified_by_hand = by_hand

    def holds_by_hand(self, file: File, carried: Promise) -> bool:
        """Count by hand whether the months held since the criterion was first filed as it stands."""
        if carried.criterion is None:
            return True
        until = file.promises[: file.promises.index(carried) + 1]
        same = list(takewhile(lambda one: one.criterion == carried.criterion, reversed(until)))
        since, (_, level, months) = same[-1].filed_on, carried.criterion
        return self.months.held_since(file.party.slug, f"{since:%Y-%m}", months, level)

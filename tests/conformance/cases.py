"""Cases of the world: of two parties, told and not, before the board, on hold; each text of them a secret.

They come about by the acts themselves. Whose a text is follows from the row that it stands in.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from tallystick.cases.attached import Handed
from tallystick.cases.filings import Filed, Planned
from tallystick.cases.models import (
    AttachedBytes,
    Attachment,
    Case,
    Gap,
    LineAnswer,
    Message,
    Milestone,
    Note,
    Remedy,
    SharedLines,
    Teller,
)
from tallystick.cases.operations.gaps import Recorded, record_gap
from tallystick.cases.operations.ladder import take_ladder_step
from tallystick.cases.operations.opening import Opened, Size, open_case
from tallystick.cases.operations.remedies import file_remedy
from tallystick.cases.operations.sharing import share_lines
from tallystick.cases.operations.talking import (
    Reply,
    Said,
    Sending,
    give_notice,
    reply,
    send_message,
    write_note,
)
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.processes.models import Hold, Step
from tallystick.processes.operations.courses import Taken
from tallystick.processes.operations.holds import Placed, place_hold
from tallystick.runs.models import Finding, FindingVersion
from tests.conformance.answers import SECRET
from tests.conformance.cast import ALFA, BEGAN, CHLY, Crowd
from tests.conformance.judge import What

NOW = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
KINDS = ("case", "remedy", "case_note", "hold", "gap")
# In this order: of a text that stands in several, the first says whose it is.
MODELS: tuple[Any, ...] = (
    *(Case, Teller, Note, Message, LineAnswer, SharedLines, Remedy, Hold, Step, Attachment, Gap),
)


class Cases:
    """Enters four cases and a gap, and tells where each secret of them stands."""

    def __init__(self, crowd: Crowd, mark: Callable[[], str]) -> None:
        self.crowd, self.mark, self.keys = crowd, mark, count(1)
        self.analyst = self._acting("Case Worker", Role.ANALYST)
        self.secretary = self._acting("Case Keeper", Role.SECRETARY)
        self.of = {
            slug: self._acting(f"Delegate of {slug}", Role.PARTY_DELEGATE, organisation=crowd.parties[slug])
            for slug in (ALFA, CHLY)
        }
        self._with_lines()
        self._before_the_board()
        self._drafted()
        self._on_hold()
        self._gap()

    def rows(self) -> Iterator[tuple[Any, What]]:
        """Yield the rows that have addresses of their own, and whose they are."""
        for model in (Case, Remedy, Note, Hold, Attachment, Gap):
            yield from ((row, self.what(row)) for row in model.objects.order_by("pk"))

    def secrets(self) -> Iterator[tuple[str, What, str]]:
        """Yield each secret, whose it is, and the field that it stands in."""
        for model in MODELS:
            for row in model.objects.order_by("pk"):
                yield from said_in(row, self.what(row))
        for milestone in Milestone.objects.select_related("remedy").order_by("pk"):
            yield from said_in(milestone, self.what(milestone.remedy))
        for one in AttachedBytes.objects.select_related("attachment").order_by("pk"):
            said = bytes(one.content).decode()
            yield said, self.what(one.attachment), "content"

    def what(self, row: Any) -> What:
        party = next((slug for slug, one in self.crowd.parties.items() if one.pk == row.party_id), "")
        body = next((key for key, one in self.crowd.bodies.items() if one.pk == row.body_id), "")
        return What(row.TYPE, row.classification, party, body, row.publicity)

    def _acting(self, name: str, role: str, **of: Any) -> Acting:
        email = f"{name.lower().replace(' ', '-')}@example.org"
        person = Person.objects.create(name=name, email=email)
        held = Role.objects.create(person=person, code="sec", role=role, from_on=BEGAN, **of)
        return Acting("sec", TODAY, person, held, NOW)

    def _told(self, by: Acting) -> dict[str, Any]:
        return {"key": f"of-cases-{next(self.keys)}", "by": by, "at": NOW}

    def _opened(self, slug: str, **told: Any) -> Case:
        said = {
            "party": self.crowd.parties[slug],
            "title": self.mark(),
            "what": self.mark(),
            "obligation": "OBL-SERVICE-LEVELS",
            "severity": "moderate",
            "confidence": "likely",
            "source": Case.BY_HAND,
            "size": Size(devices=3, how=self.mark()),
            **told,
        }
        opened = Opened(**said, key=f"of-cases-{next(self.keys)}")
        return open_case(opened=opened, by=self.analyst, at=NOW)

    def _step(self, case: Case, move: str, **said: str) -> None:
        taken = Taken(move, f"of-cases-{next(self.keys)}", said)
        take_ladder_step(case=case, taken=taken, by=self.analyst, at=NOW)

    def _talked(self, case: Case, slug: str) -> None:
        """Let both sides write, and the office note something for itself."""
        give_notice(case=case, text=self.mark(), **self._told(self.analyst))
        answers = {
            line["key"]: Said("disputed", self.mark())
            for one in SharedLines.objects.filter(case=case).select_related("version__line_list")
            for line in one.version.line_list.lines
        }
        replied = Reply("accepted", self.mark(), f"of-cases-{next(self.keys)}", answers)
        reply(case=case, said=replied, by=self.of[slug], at=NOW)
        for by in (self.analyst, self.of[slug]):
            file = Handed(f"{self.mark()}.txt", self.mark().encode())
            sending = Sending(files=[file])
            send_message(case=case, text=self.mark(), sending=sending, **self._told(by))
        write_note(case=case, text=self.mark(), **self._told(self.analyst))

    def _filed(self, case: Case, slug: str) -> None:
        planned = Planned(self.mark(), self.mark(), TODAY + dt.timedelta(days=30), self.mark())
        signed: dict[str, Any] = {"signed_by": self.mark(), "signed_as": self.mark(), "signed_on": TODAY}
        key = f"of-cases-{next(self.keys)}"
        filed = Filed(self.mark(), (planned,), key, otherwise=self.mark(), **signed)
        file_remedy(case=case, filed=filed, by=self.of[slug], at=NOW)

    def _with_lines(self) -> None:
        """Enter a case that rests on a finding with lines, a remedy of which waits."""
        like = {"party": self.crowd.parties[ALFA], "classification": "amber", "publicity": "issued"}
        finding = Finding.objects.get(**like, body=None)
        case = self._opened(ALFA, findings=(finding,), source=Case.MONITORING)
        versions = list(FindingVersion.objects.filter(finding=finding))
        share_lines(case=case, versions=versions, **self._told(self.analyst))
        self._talked(case, ALFA)
        self._filed(case, ALFA)

    def _before_the_board(self) -> None:
        """Enter a case that somebody told of, escalated to the board."""
        case = self._opened(CHLY, source=Case.THIRD_PARTY, teller=self.mark())
        self._talked(case, CHLY)
        self._filed(case, CHLY)
        for move in ("go_on", "inform"):
            self._step(case, move)
        self._step(case, "persuade", how=self.mark())
        taken = Taken("escalate_to_pab_at_once", f"of-cases-{next(self.keys)}", reason=self.mark())
        take_ladder_step(case=case, taken=taken, by=self.analyst, at=NOW)

    def _drafted(self) -> None:
        """Enter a case that its party knows nothing of."""
        self._opened(CHLY, source=Case.THIRD_PARTY, teller=self.mark())

    def _on_hold(self) -> None:
        """Enter a case that waits, with a remedy that waits with it."""
        case = self._opened(ALFA)
        self._talked(case, ALFA)
        self._filed(case, ALFA)
        told = self._told(self.secretary)
        placed = Placed(self.mark(), told.pop("key"), TODAY, course=case.course)
        place_hold(placed=placed, **told)

    def _gap(self) -> None:
        """Enter a gap, which is no party's fault."""
        told: dict[str, Any] = {name: self.mark() for name in ("title", "what", "harmed", "needed")}
        recorded = Recorded(clause="H13.4", key=f"of-cases-{next(self.keys)}", **told)
        record_gap(recorded=recorded, by=self.analyst, at=NOW)


def said_in(row: Any, what: What) -> Iterator[tuple[str, What, str]]:
    """Yield the secrets that the texts of a row have, whose they are, and the column of each."""
    for one in row._meta.concrete_fields:  # noqa: SLF001 - how Django tells the fields of a row
        value = getattr(row, one.attname)
        text = json.dumps(value) if isinstance(value, str | dict | list) else ""
        for said in re.findall(SECRET, text):
            yield said, what, one.attname

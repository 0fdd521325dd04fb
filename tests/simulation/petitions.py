"""What people send about derogations, forbearance, challenges and disputes: forms as they are, and others."""

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any

from django.urls import reverse

from tallystick.cases.models import Case
from tallystick.challenges.models import Challenge, Dispute
from tallystick.decisions.models import Decision
from tallystick.decisions.operations.records import Taken, record_decision
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.processes.models import CarriedOut
from tallystick.runs.models import Finding
from tests.cases.cast import CODE, Cast, key, on
from tests.simulation.law import ONE, Law, Way
from tests.simulation.posting import JUNK, Post

OPENED = dt.date(2021, 9, 6)
LAWS = {name: Law.of(name, OPENED) for name in ("derogation", "forbearance", "query", "dispute")}
WHOSE = {"party": "ada", "analyst": "jo", "secretary": "sam", "chair": "hal", "clock": "jo"}
NOBODY = {"derogation": "DER-2021-NONE", "forbearance": "FOR-2021-NONE", "query": "CHA-2021-NONE"}
ADDRESSES = {
    "derogation": "take_derogation_step",
    "forbearance": "take_forbearance_step",
    "query": "take_challenge_step",
    "dispute": "take_dispute_step",
}
Row = Derogation | Forbearance | Challenge | Dispute


class Petitioner:
    """Thinks of what to send next about leave and about what was decided: mostly what leads on."""

    def __init__(self, cast: Cast, dice: Random) -> None:
        self.cast, self.dice, self.keys = cast, dice, ["petition-0"]

    def next(self, ways: Mapping[int, Way], now: dt.datetime) -> Post:
        self.now, today = now, now.date()
        rows: list[Row] = [
            *Derogation.objects.filter(ended_at=None).order_by("pk"),
            *Forbearance.objects.filter(ended_at=None).order_by("pk"),
            *Challenge.objects.filter(closed_at=None).order_by("pk"),
            *Dispute.objects.filter(closed_at=None).order_by("pk"),
        ]
        rows = [one for one in rows if one.course_id in ways]
        kinds = (*(self._draft,) * 5, *(self._serve,) * 3, self._propose, self._raise)
        luck = self.dice.random()
        if not rows or luck < 0.25:
            post = self.dice.choice(kinds)(today)
        else:
            among = self.dice.choice(sorted({one.TYPE for one in rows}))
            row = self.dice.choice([one for one in rows if among == one.TYPE])
            post = self._step(row, ways[row.course_id], today)
        if self.dice.random() < 0.15:
            self._mangle(post.sent)
        return post

    def _step(self, row: Row, way: Way, today: dt.date) -> Post:
        """Return a step that the rule knows from here, mostly, by whoever may take it."""
        law = LAWS[way.law.key]
        ahead = [
            name
            for name, rule in law.moves.items()
            if way.at[law.track_of(rule["to"])] in rule["from"]
            and all(way.at[track] in stages for track, stages in rule.get("while", {}).items())
            and name not in ("withdraw", "accept", "correct")
            and rule["who"] != ["clock"]
        ]
        move = self.dice.choice(ahead if ahead and self.dice.random() < 0.85 else (*law.moves, "fly"))
        rule = law.moves.get(move, {})
        who = WHOSE[self.dice.choice(rule.get("who", ["analyst"]))]
        # A proposal is read by the office alone.
        who = "sam" if who == "hal" and law.key == "forbearance" else who
        who = "pat" if who == "hal" and rule.get("body") == "panel" else who
        if self.dice.random() < 0.15:
            who = self.dice.choice(("jo", "aud", "obs", "ada", "ben", "bo", "hal", "pat", "nobody"))
        reference = row.reference if self.dice.random() < 0.97 else NOBODY.get(law.key, "DIS-2021-NONE")
        sent = {"key": self._key(), **_asked(rule), "reason": "It is grave."}
        if "body" in rule:
            sent["decision"] = self._decision(row, rule, today)
        for clock in rule.get("starts", ()):
            if law.clocks[clock]["due"] == "stated":
                sent[f"stated_{clock}"] = (today + self.dice.randint(-2, 40) * ONE).isoformat()
        name = ADDRESSES[law.key]
        return Post(who, name, reverse(name, args=[CODE, reference, move]), sent)

    def _decision(self, row: Row, rule: Mapping[str, str], today: dt.date) -> str:
        """Return a decision of the body, which it mostly takes just now."""
        if self.dice.random() < 0.1:
            known = Decision.objects.order_by("pk").values_list("reference", flat=True)
            return self.dice.choice(list(known) or ["DEC-2021-NONE"])
        body = self.cast.pab if rule["body"] == "pab" else self.cast.panel
        verb = "REJECTED" if rule.get("outcome") == "rejected" else "APPROVED"
        taken = Taken(verb, "The matter", "So decided.", body, today, key(), party=row.party)
        return record_decision(taken=taken, by=on(self.cast.sam, today), at=self.now).reference

    def _draft(self, today: dt.date) -> Post:
        case = Case.objects.filter(remedies__isnull=False, closed_at=None).order_by("-pk").first()
        waits = case is not None and self.dice.random() < 0.6
        begins = today + self.dice.randint(-5, 5) * ONE
        sent = {
            "key": self._key(),
            "obligation": "OBL-AREA-B",
            "scope": "Hubs of the north.",
            "measure": "AREA-B",
            "level": self.dice.choice(("70", "70", "80", "99")),
            "from_on": begins.isoformat(),
            "until_on": (begins + self.dice.randint(-1, 60) * ONE).isoformat(),
            "justification": "They are not delivered.",
            "control": "Each home is visited again.",
            "case": case.reference if case is not None and waits else "",
            **({"until_done": "on"} if waits else {}),
            "party": "alfa",
        }
        who = self.dice.choice(("ada", "ada", "ada", "jo", "ben", "hal"))
        return Post(who, "draft_derogation", reverse("draft_derogation", args=[CODE]), sent)

    def _propose(self, _: dt.date) -> Post:
        sent = {"key": self._key(), "obligation": "FCT-SR", "why": "Forecasts are far off."}
        who = self.dice.choice(("sam", "jo", "sam", "ada"))
        return Post(who, "propose_forbearance", reverse("propose_forbearance", args=[CODE]), sent)

    def _serve(self, today: dt.date) -> Post:
        """Serve what a case carried out, or a decision by itself."""
        done = CarriedOut.objects.filter(decision__body=self.cast.pab, course__process="case").order_by("-pk")
        last = done.first()
        address, decided = reverse("serve_decision", args=[CODE]), ""
        if last is not None and self.dice.random() < 0.7:
            address += f"?case={Case.objects.get(course=last.course_id).reference}"
            decided = str(last.decision.reference) if last.decision else ""
        else:
            own = Decision.objects.filter(body=self.cast.pab).exclude(
                pk__in=CarriedOut.objects.filter(decision__isnull=False).values("decision")
            )
            found = own.order_by("-pk").first()
            decided = found.reference if found is not None else "DEC-2021-NONE"
        received = today - self.dice.choice((0, 0, 0, 1, 30)) * ONE
        sent = {"key": self._key(), "decided": decided, "received_on": received.isoformat()}
        return Post(self.dice.choice(("sam", "jo", "ada", "hal")), "serve_decision", address, sent)

    def _raise(self, _: dt.date) -> Post:
        finding = self.dice.choice(list(Finding.objects.order_by("pk").values_list("reference", flat=True)))
        sent = {"key": self._key(), "finding": finding, "matter": "The hubs were counted twice."}
        who = self.dice.choice(("ada", "ada", "ben", "jo"))
        return Post(who, "raise_dispute", reverse("raise_dispute", args=[CODE]), sent)

    def _mangle(self, sent: dict[str, Any]) -> None:
        field = self.dice.choice(sorted(sent))
        if self.dice.random() < 0.3:
            sent.pop(field, None)
        else:
            sent[field] = self.dice.choice(JUNK)

    def _key(self) -> str:
        if self.dice.random() < 0.08:
            return self.dice.choice(self.keys)
        self.keys.append(f"petition-{len(self.keys)}")
        return self.keys[-1]


def _asked(rule: Mapping[str, Any]) -> dict[str, str]:
    asks = rule.get("asks", {})
    return {f"said_{name}": next(iter(ask.get("of", {"words": ""}))) for name, ask in asks.items()}

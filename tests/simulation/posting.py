"""What people send to the addresses of cases: forms as the pages have them, and forms that are not."""

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any, NamedTuple

from django.urls import reverse

from tallystick.cases.decided import undone
from tallystick.cases.models import Case, Remedy
from tallystick.runs.models import Finding, FindingVersion
from tests.cases.cast import CODE, Cast
from tests.simulation.law import Law, Way
from tests.simulation.town import BEGINS

LAW = Law.of("case", BEGINS)
JUNK = ("", " ", "x" * 70, "a" * 25_000, "-1", "2021-13-45", "Ω", "<b>", "CASE-2021-0000", "\x00")
# Which addresses moves of a case and of its remedy have, where it is not that of all steps.
OF_MOVES = {
    "give_notice": "give_notice",
    "reply": "reply_to_notice",
    "accept_remedy": "accept_remedy",
    "accept_remedy_at_pab": "accept_remedy",
    "accept_remedy_at_panel": "accept_remedy",
    "inform": "share_case_lines",
}
NAMES = (
    *("share_case_lines", "give_notice", "reply_to_notice", "take_case_step", "name_case_leads"),
    *("add_case_finding", "satisfy_auditor", "send_case_message", "read_case_messages", "write_case_note"),
    *("file_remedy", "return_remedy", "accept_remedy", "warn_of_remedy", "recover_remedy", "meet_milestone"),
    *("open_case", "take_case_step", "take_case_step", "file_remedy", "accept_remedy", "meet_milestone"),
)
OF_A_VERSION = ("return_remedy", "accept_remedy", "warn_of_remedy", "recover_remedy", "meet_milestone")


class Post(NamedTuple):
    """Who sends what where."""

    who: str
    name: str
    address: str
    sent: dict[str, Any]


class Sender:
    """Thinks of what to send next: half of it leads on from where the case stands."""

    def __init__(self, cast: Cast, dice: Random) -> None:
        self.cast, self.dice, self.keys = cast, dice, ["form-0"]

    def next(self, case: Case, way: Way, today: dt.date) -> Post:
        """Return what somebody sends: mostly a form as it should be, of whoever it is for, and lawful now."""
        if self.dice.random() < 0.7:
            name, move, who = self._ahead(way)
        else:
            name, move, who = self.dice.choice(NAMES), self.dice.choice((*LAW.moves, "fly")), self._anybody()
        versions = list(Remedy.objects.filter(case=case).values_list("version", flat=True))
        if not versions and name in OF_A_VERSION and self.dice.random() < 0.8:
            name, who = "file_remedy", "ada"
        versions = versions or [1]
        version = versions[-1] if self.dice.random() < 0.8 else self.dice.choice((*versions, 9))
        reference = case.reference if self.dice.random() < 0.97 else "CASE-2021-NONE"
        args: list[Any] = [CODE] if name == "open_case" else [CODE, reference]
        args += [move] if name == "take_case_step" else []
        args += [version] if name in OF_A_VERSION else []
        args += [self.dice.randint(1, 2)] if name == "meet_milestone" else []
        sent = self._form(name, move, case, today)
        if self.dice.random() < 0.2:
            self._mangle(sent)
        return Post(who, name, reverse(name, args=args), sent)

    def _ahead(self, way: Way) -> tuple[str, str, str]:
        """Return an address, a move and somebody whose it is, that the rule knows from here."""
        whose = {"party": "ada", "analyst": "jo", "secretary": "sam", "chair": "hal", "clock": "jo"}
        ahead = [
            (name, rule)
            for name, rule in LAW.moves.items()
            if way.at[LAW.track_of(rule["to"])] in rule["from"]
            and all(way.at[track] in stages for track, stages in rule.get("while", {}).items())
            and rule["who"] != ["clock"]
            and name != "withdraw"
        ]
        if way.at["case"] in ("remedy", "on_track") and self.dice.random() < 0.6:
            name = self.dice.choice(("file_remedy", "meet_milestone", "warn_of_remedy", "accept_remedy"))
            return name, "accept_remedy", "ada" if name in ("file_remedy", "warn_of_remedy") else "jo"
        if not ahead:
            return self.dice.choice(NAMES), "go_on", self._anybody()
        move, rule = self.dice.choice(ahead)
        who = "jo" if move == "inform" else whose[self.dice.choice(rule["who"])]
        who = "pat" if who == "hal" and rule.get("body") == "panel" else who
        return OF_MOVES.get(move, "take_case_step"), move, who

    def _anybody(self) -> str:
        return self.dice.choice(("jo", "sam", "aud", "obs", "ada", "ben", "bo", "hal", "pat", "nobody"))

    def _form(self, name: str, move: str, case: Case, today: dt.date) -> dict[str, Any]:
        words = {"key": self._key(), "text": "Please tell us more."}
        later = (today + dt.timedelta(self.dice.randint(1, 30))).isoformat()
        forms: Mapping[str, Any] = {
            "share_case_lines": lambda: {**words, "versions": self._versions(case)},
            "reply_to_notice": lambda: {**words, "stance": "disputed", "words": "It was a storm."},
            "take_case_step": lambda: {**words, **self._asked(move), "decision": self._decision(case)},
            "name_case_leads": lambda: {"lead": self._handle("sam"), "party_lead": self._handle("ada")},
            "add_case_finding": lambda: {"finding": self._finding()},
            "file_remedy": lambda: {**words, **_remedy(today, later)},
            "accept_remedy": lambda: {**words, "decision": self._decision(case)},
            "meet_milestone": lambda: {**words, "on": today.isoformat(), "by_what": "The log"},
            "open_case": lambda: {**words, **self._case()},
        }
        made: dict[str, Any] = forms.get(name, lambda: words)()
        return made

    def _mangle(self, sent: dict[str, Any]) -> None:
        field = self.dice.choice(sorted(sent)) if sent else "key"
        if self.dice.random() < 0.3:
            sent.pop(field, None)
        else:
            sent[field] = self.dice.choice(JUNK)

    def _key(self) -> str:
        """Return the key of a new form, and now and then of one that was sent before."""
        if self.dice.random() < 0.08:
            return self.dice.choice(self.keys)
        self.keys.append(f"form-{len(self.keys)}")
        return self.keys[-1]

    def _asked(self, move: str) -> dict[str, str]:
        asks = LAW.moves.get(move, {}).get("asks", {})
        said = {f"said_{name}": next(iter(ask.get("of", {"words": ""}))) for name, ask in asks.items()}
        return {**said, "reason": "It is grave."}

    def _decision(self, case: Case) -> str:
        found = [one.reference for key in ("pab", "panel") for one in undone(case, key)]
        return self.dice.choice(found) if found and self.dice.random() < 0.9 else "DEC-2021-NONE"

    def _versions(self, case: Case) -> list[str]:
        own = FindingVersion.objects.filter(finding__in=case.case_findings.values("finding"))
        return [one.handle for one in own]

    def _finding(self) -> str:
        return self.dice.choice(list(Finding.objects.order_by("pk").values_list("reference", flat=True)))

    def _handle(self, who: str) -> str:
        person = getattr(self.cast, who).person
        return str(person.handle)

    def _case(self) -> dict[str, Any]:
        return {
            "source": self.dice.choice(("by_hand", "audit")),
            "party": "alfa",
            "obligation": "OBL-AREA-B",
            "title": "Another",
            "what": "Hubs of the wrong variant.",
            "severity": "minor",
            "confidence": "likely",
        }


def _remedy(today: dt.date, later: str) -> dict[str, Any]:
    return {
        "cause": "An old file",
        "otherwise": "The sites were revisited.",
        "what_0": "A daily file",
        "owner_0": "O. Pike",
        "proof_0": "Log",
        "due_on_0": later,
        "signed_by": "A. Head",
        "signed_as": "Director",
        "signed_on": today.isoformat(),
        "instead_because": "It was mended.",
    }

"""The people around one breach: the office, two delegates, the board and the Panel, each in a window."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser

from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Category, Membership, Organisation, Person, Role, Seat
from tallystick.rulebook.periods import Span
from tallystick.runs import operations, sending, tasks, uploads
from tallystick.site import daily
from tests.journeys.visiting import Visitor
from tests.site import people
from tests.site.entering import now

HEADER = "event_id,device_id,hub_id,device_kind,provider,party,activity,at"
ALFA, BRVO = "Alderbrook Energy", "Brightwater Power"
KNOWN_ON = dt.date(2022, 12, 31)
OFFICE = {"jo": Role.ANALYST, "sam": Role.SECRETARY}
DELEGATES = {"ada": ALFA, "ben": BRVO}
# Who sits where, and for whom; seats of the Panel that nobody holds are entered too. Cy works for Alderbrook,
# and Bo sits on both bodies.
SEATS = {
    "PAB": [("hal", ""), ("bo", ""), ("cy", ""), ("di", "")],
    "Panel": [
        *(("pat", "chair"), ("quin", "large_supplier"), ("rae", "small_supplier"), ("tam", "consumer")),
        *(("una", "electricity_network"), ("vic", "gas_network"), ("bo", "other_sec_party")),
        ("wes", "consumer"),
        *[("", one) for one in ("large_supplier", "small_supplier", "other_sec_party", "dcc")],
    ],
}
CHAIRS = ("hal", "pat")
WINDOW = "one window"


@dataclass
class World:
    """Who there is, and the browser of each, opened when it is first asked for."""

    chromium: Browser
    site: str
    settings: Any
    people: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, Body] = field(default_factory=dict)
    parties: dict[str, Organisation] = field(default_factory=dict)
    windows: dict[str, Visitor] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Visitor:
        """Return somebody at their browser, by their first name."""
        if name not in self.people:
            raise AttributeError(name)
        if name not in self.windows:
            self.windows[name] = Visitor.new(self.chromium, self.site)
            self.windows[name].is_let_in(self.people[name])
        return self.windows[name]

    def at_one_window(self, name: str) -> Visitor:
        """Return somebody at the window that many come to one after the other."""
        if WINDOW not in self.windows:
            self.windows[WINDOW] = Visitor.new(self.chromium, self.site)
        self.windows[WINDOW].is_let_in(self.people[name])
        return self.windows[WINDOW]

    def day_is(self, day: str) -> None:
        """Let it be another day, and the house be looked after as on every day."""
        self.settings.DEMO_DAY = day
        daily.let_clocks_pass(now())

    def complaints(self) -> list[str]:
        return [f"{name}: {told}" for name, one in self.windows.items() for told in one.complaints]


def world(chromium: Browser, site: str, settings: Any) -> World:
    made = World(chromium, site, settings)
    for name in (ALFA, BRVO):
        slug = name.lower().replace(" ", "-")
        made.parties[name] = Organisation.objects.create(name=name, slug=slug)
        of = {"code": "sec", "category": "large_supplier", "from_on": people.BEGAN}
        Category.objects.create(organisation=made.parties[name], **of)
    for name, role in OFFICE.items():
        people.role(_person(made, name), role)
    for name, party in DELEGATES.items():
        people.role(_person(made, name), Role.PARTY_DELEGATE, made.parties[party])
    for key, names in SEATS.items():
        body = Body.objects.create(code="sec", key=key, name=f"The {key}", from_on=people.BEGAN)
        made.bodies[key] = body
        for number, (name, sits_for) in enumerate(names):
            told = {"name": f"Seat {number}", "constituency": sits_for, "from_on": people.BEGAN}
            seat = Seat.objects.create(body=body, **told)
            if name:
                _sits(made, seat, name)
    return made


def months(made: World, received: str, **late: bool) -> None:
    """Send what was recycled in months, and let the worker compute them: `m2021_07=True` has a breach.

    A device is recycled a day after it was commissioned, and on the 20th where Alderbrook was late.
    """
    jo = made.people["jo"]
    by = Acting("sec", KNOWN_ON, jo, Role.objects.get(person=jo), now())
    at = dt.datetime.fromisoformat(f"{received}T09:00:00+00:00")
    for name, was_late in late.items():
        month = name[1:].replace("_", "-")
        rows = [HEADER, *_rows(month, 20 if was_late else 2), ""]
        upload = uploads.keep(["\n".join(rows).encode()], filename="rows.csv", person=jo)
        previewed = sending.preview(upload, sending.Told("device_events"), by=by, at=at)
        sending.commit(previewed, by=by, at=at)
        operations.start_run(period=Span.parse(month), known_on=KNOWN_ON, by=by, at=at)
        done = tasks.work_one("worker", beats=False)
        assert done is not None
        assert (done.state, done.reason) == ("landed", "")


def _rows(month: str, day: int) -> list[str]:
    mark = month.replace("-", "")
    return [
        f"EV-{mark}-{number},D-{mark}-{party},,esme,CSPN,{name},{activity},{month}-{on:02}T10:00:00Z"
        for party, name in enumerate((ALFA, BRVO))
        for number, activity, on in (
            (2 * party, "commissioned", 1),
            (2 * party + 1, "certificates_recycled", day if name == ALFA else 2),
        )
    ]


def _person(made: World, name: str) -> Person:
    if name not in made.people:
        made.people[name] = people.person(f"{name.title()} Tarn", f"{name}@example.org")
    return made.people[name]


def _sits(made: World, seat: Seat, name: str) -> None:
    person = _person(made, name)
    people.role(person, Role.CHAIR if name in CHAIRS else Role.BOARD_MEMBER, seat.body)
    employer = made.parties[ALFA] if name == "cy" else None
    Membership.objects.create(
        seat=seat, person=person, employer=employer, is_independent=employer is None, from_on=people.BEGAN
    )

"""One's own part in a vote: the seats one may vote for, each with its ballot paper, and the casting vote."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tallystick.decisions import queries
from tallystick.decisions.electorate import UnableToCallTheSeats, called_on
from tallystick.decisions.forms import BecauseForm, OpenForm, PaperForm, PassForm
from tallystick.decisions.frozen import Rule
from tallystick.decisions.models import Ballot, Motion
from tallystick.decisions.rights import Right, casting_refusal, passed_votes
from tallystick.decisions.rolls import seats_at
from tallystick.decisions.views.asked import moment
from tallystick.parties.models import Person, Role
from tallystick.parties.queries import roles_of
from tallystick.parties.request import Request
from tallystick.parties.rulebooks import rulebook_of

CASTING = "casting"


@dataclass(frozen=True)
class Sent:
    """Forms that came back to whoever sent them: ballot papers by the handle of their seat, and others."""

    papers: Mapping[str, PaperForm] = field(default_factory=dict)
    opening: OpenForm | None = None
    because: Mapping[str, BecauseForm] = field(default_factory=dict)


NOTHING_SENT = Sent()


@dataclass(frozen=True)
class Offered:
    """A choice on a ballot paper: its name, its title, and what it does."""

    name: str
    title: str
    says: str


@dataclass(frozen=True)
class Own:
    """A seat that one has to do with: in which right, what stands for it, and the form.

    `passing` is there where its vote can be passed on, `passed_to` names to whom it was.
    """

    right: Right
    seat: str
    form: PaperForm
    passing: PassForm | None = None
    passed_to: str = ""


@dataclass(frozen=True)
class Casting:
    """The casting vote of whoever may give it."""

    form: PaperForm
    choices: list[Offered]
    standing: Ballot | None


def rule_of(request: Request, one: Motion) -> Rule | None:
    """Return the scheme by which a motion was or would be voted on; None if the rulebook has it no more."""
    if one.rule:
        return Rule.of_row(one.rule)
    rulebook, key, day = rulebook_of(one.code), one.body.key.lower(), request.acting.day
    if one.scheme not in [scheme.key for scheme in rulebook.schemes_of(key, day)]:
        return None
    return Rule.of(rulebook, key, one.scheme, day)


def is_near(request: Request, one: Motion) -> bool:
    """Tell whether whoever is acting may have to do with a vote: its own body's people, and the office."""
    return request.acting.body is None or request.acting.body.pk == one.body_id


def offered(rule: Rule, does: str) -> list[Offered]:
    """Return the choices; what those for it do is what the motion says that approval does."""
    return [Offered(one.name, one.title, does if one.effect == "for" else one.says) for one in rule.choices]


def own_seats(request: Request, one: Motion, rule: Rule | None, sent: Sent) -> list[Own]:
    """Return the seats that somebody has to do with at an open vote, their own first."""
    acting = request.acting
    if rule is None or acting.person is None or acting.body is None or not is_near(request, one):
        return []
    found: dict[int, Right] = {}
    for right in queries.seats_of(acting.person, one, acting.day):
        before = found.get(right.seat.pk)
        if before is None or (before.refusal and not right.refusal):
            found[right.seat.pk] = right  # of several rights in one seat, the first that lets one vote
    passed = passed_votes(one) if found and rule.most_proxies else []
    to = {row.seat_id: row.to.name for row in passed}
    others = members(one, acting.person) if found and rule.most_proxies else []
    return [_own(right, paper(rule), sent, others, to) for right in found.values()]


def other_roles(request: Request, one: Motion) -> list[Role]:
    """Return the roles in which somebody has to do with an open vote, where they act in another now."""
    acting = request.acting
    if acting.person is None or one.state != Motion.OPEN or (acting.body and acting.body.pk == one.body_id):
        return []
    there = [role for role in roles_of(acting.person, one.code, acting.day) if role.body_id == one.body_id]
    return there if there and queries.seats_of(acting.person, one, acting.day) else []


def paper(rule: Rule, *, casting: bool = False) -> list[tuple[str, str]]:
    """Return what may be chosen on a ballot paper, or in a casting vote."""
    return [(one.name, one.title) for one in rule.choices if not casting or one.effect != "abstain"]


def casting_of(request: Request, one: Motion, rule: Rule | None, sent: Sent) -> Casting | None:
    """Return the casting vote, to the chair who may give it."""
    if rule is None or one.state != Motion.OPEN or rule.counts["tie"] != "casting":
        return None
    if casting_refusal(request.acting, one):
        return None
    choices = paper(rule, casting=True)
    names = [name for name, _ in choices]
    form = sent.papers.get(CASTING) or PaperForm(choices=choices)
    may_choose = [choice for choice in offered(rule, one.does) if choice.name in names]
    return Casting(form, may_choose, queries.casting_vote(one, request.acting))


def opening_form(request: Request, one: Motion, told: object = None) -> OpenForm:
    """Return the form that opens a vote, with a weight for each seat where the scheme weighs them."""
    rule = rule_of(request, one)
    seats: list[tuple[str, str]] = []
    if rule is not None and one.state == Motion.DRAFT and rule.counts["method"] == "weighted":
        try:
            called = called_on(one.body, rulebook_of(one.code), request.acting.day)
        except UnableToCallTheSeats:
            called = []  # the act will say so
        seats = [(row.seat.handle, row.seat.name) for row in called]
    return OpenForm(told, now=moment(), seats=seats)


def _own(
    right: Right, choices: list[tuple[str, str]], sent: Sent, members: list[Person], passed: dict[int, str]
) -> Own:
    handle = right.seat.seat.handle
    is_own = right.right == Ballot.HOLDER
    is_free = is_own and right.standing is None and not right.refusal
    return Own(
        right,
        handle,
        sent.papers.get(handle) or PaperForm(choices=choices),
        PassForm(members=members) if members and is_free else None,
        passed.get(right.seat.pk, "") if is_own and right.standing is None else "",
    )


def members(one: Motion, person: Person | None) -> list[Person]:
    """Return the members at a vote besides somebody, by name."""
    found = {row.holder.person for row in seats_at(one) if row.holder and row.holder.person != person}
    return sorted(found, key=lambda member: member.name)

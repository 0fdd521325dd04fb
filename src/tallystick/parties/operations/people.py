"""People from their invitation on: accounts, roles, and the capacity they act in."""

import datetime as dt
from dataclasses import replace

from allauth.mfa.models import Authenticator
from django.core.validators import validate_email
from django.db import transaction

from tallystick.parties import invitations
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Person, Role, in_force
from tallystick.parties.operations.entries import enter, of_person, of_role, written


class UnableToInvite(Exception):
    """The person has an account, or it is closed."""


class UnableToSetUp(Exception):
    """The installation has an administrator."""


class UnableToAcceptInvitation(Exception):
    """The link was used, has run out, or was replaced by a later one."""


class UnableToGiveRole(Exception):
    """The role needs an organisation or a body, the person has it, or there is none of that name."""


class UnableToEndRole(Exception):
    """It has ended, or it would end before it began."""


class UnableToSwitch(Exception):
    """The role is somebody else's, or not in force."""


class UnableToCloseAccount(Exception):
    """It is closed already, or it is one's own."""


class UnableToReopenAccount(Exception):
    """It is not closed."""


@transaction.atomic
def invite(*, email: str, name: str, by: Acting, at: dt.datetime) -> tuple[Person, str]:
    """Make an account without a password; return it and the token of the link that sets one.

    Inviting again somebody who has not answered sends a new link, and the one before dies.
    """
    person, is_new = _invited(email, name)
    said = f"invited {person.name}" if is_new else f"invited {person.name} again"
    enter("invite", of_person(person), by, at, said, email=person.email)
    return person, invitations.new_token(person, at)


@transaction.atomic
def set_up(*, email: str, name: str, by: Acting, at: dt.datetime) -> tuple[Person, str]:
    """Invite the first person of an installation, as its administrator."""
    there = Role.objects.filter(in_force(by.day), code=by.code, role=Role.ADMINISTRATOR)
    if there.filter(person__last_login__isnull=False).exists():
        raise UnableToSetUp("There is an administrator, who can invite others.")
    person, _ = _invited(email, name)
    if not there.filter(person=person).exists():
        Role.objects.create(person=person, code=by.code, role=Role.ADMINISTRATOR, from_on=by.day)
    said = f"invited {person.name} as the first administrator"
    enter("set_up", of_person(person), by, at, said, email=person.email)
    return person, invitations.new_token(person, at)


@transaction.atomic
def accept_invitation(*, person: Person, token: str, password: str, by: Acting, at: dt.datetime) -> Person:
    """Set the first password of an invited person; the link dies of it."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not invitations.holds(token, person, at):
        raise UnableToAcceptInvitation("The link was used, has run out, or was replaced by a later one.")
    person.set_password(password)
    person.save(update_fields=["password"])
    own = replace(by, person=person, stands_for="")
    enter("accept_invitation", of_person(person), own, at, "accepted the invitation and set a password")
    return person


@transaction.atomic
def give_role(
    *,
    person: Person,
    role: str,
    of: Organisation | Body | None,
    from_on: dt.date,
    by: Acting,
    at: dt.datetime,
) -> Role:
    """Let a person act in a role under the code: for an organisation, on a body, or in the office."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    made = Role(person=person, code=by.code, role=role, from_on=from_on)
    if role not in dict(Role.ROLES):
        raise UnableToGiveRole(f"{role[:40]!r} is no role.")
    made.organisation = of if isinstance(of, Organisation) else None
    made.body = of if isinstance(of, Body) else None
    _check_role(made)
    made.save(force_insert=True)
    said = f"gave {person.name} the role {made} from {written(from_on)}"
    whose = of.handle if of else None
    enter("give_role", of_role(made), by, at, said, person=person.handle, role=role, of=whose)
    return made


@transaction.atomic
def end_role(*, role: Role, until_on: dt.date, by: Acting, at: dt.datetime) -> Role:
    """End a role: `until_on` is the first day without it. Sessions in it close at their next request."""
    held = Role.objects.select_for_update(of=("self",)).select_related("person", "organisation", "body")
    ended = held.get(pk=role.pk)
    if ended.until_on is not None and ended.until_on <= until_on:
        raise UnableToEndRole(f"It ended on {written(ended.until_on)}.")
    if until_on < ended.from_on:
        raise UnableToEndRole(f"It began on {written(ended.from_on)}, which is later.")
    if by.role == ended:
        raise UnableToEndRole("Nobody ends the role they act in. Ask another administrator.")
    ended.until_on = until_on
    ended.save(update_fields=["until_on"])
    said = f"ended the role {ended} of {ended.person.name} with {written(until_on)}"
    enter("end_role", of_role(ended), by, at, said, until_on=until_on.isoformat())
    return ended


@transaction.atomic
def switch_capacity(*, role: Role, by: Acting, at: dt.datetime) -> Acting:
    """Let a person act in another of their own roles, and in that one alone."""
    if by.person is None or role.person_id != by.person.pk or not role.is_in_force(by.day):
        raise UnableToSwitch("One acts in a role of one's own that is in force.")
    if by.role == role:
        raise UnableToSwitch("You act in that role.")
    before = by.role.handle if by.role else None
    enter("switch_capacity", of_role(role), by, at, f"began to act as {role}", before=before)
    return replace(by, code=role.code, role=role)


@transaction.atomic
def close_account(*, person: Person, by: Acting, at: dt.datetime) -> Person:
    """Let somebody sign in no more. Sessions close at their next request; what was done stays."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        raise UnableToCloseAccount(f"The account of {person.name} is closed.")
    if person == by.person:
        raise UnableToCloseAccount("Nobody closes their own account. Ask another administrator.")
    person.is_active = False
    person.save(update_fields=["is_active"])
    enter("close_account", of_person(person), by, at, f"closed the account of {person.name}")
    return person


@transaction.atomic
def reopen_account(*, person: Person, by: Acting, at: dt.datetime) -> Person:
    """Let somebody sign in again whose account was closed."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        raise UnableToReopenAccount(f"The account of {person.name} is open.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    enter("reopen_account", of_person(person), by, at, f"opened the account of {person.name} again")
    return person


@transaction.atomic
def forget_second_factors(*, person: Person, by: Acting, at: dt.datetime) -> Person:
    """Remove all second factors of somebody who lost them. Where a role asks for one, it is set up anew."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    removed, _ = Authenticator.objects.filter(user=person).delete()
    said = f"removed the second factors of {person.name}"
    enter("forget_second_factors", of_person(person), by, at, said, removed=removed)
    return person


def _invited(email: str, name: str) -> tuple[Person, bool]:
    """Return the person with a new unusable password, so that no earlier link holds; whether they are new."""
    email = email.strip().lower()
    validate_email(email)
    person: Person | None = Person.objects.select_for_update().filter(email__iexact=email).first()
    is_new = person is None
    if person is None:
        person = Person(email=email, name=" ".join(name.split()))
    elif person.has_usable_password():
        raise UnableToInvite(f"{person.name} has an account. Give them a role instead.")
    elif not person.is_active:
        raise UnableToInvite(f"The account of {person.name} is closed. Open it first.")
    person.set_unusable_password()
    person.save()
    return person, is_new


def _check_role(role: Role) -> None:
    needs = (
        "organisation"
        if role.role in (*Role.OF_A_PARTY, Role.INGEST)
        else "body"
        if role.role in Role.ON_A_BODY
        else ""
    )
    title = role.get_role_display()
    if needs and getattr(role, needs) is None:
        raise UnableToGiveRole(
            f"{title} is a role for {'an organisation' if needs == 'organisation' else 'a body'}."
        )
    # A body may have a secretary of its own, who reads what is Red before it.
    is_of_a_body = role.body is not None and role.role != Role.SECRETARY
    if not needs and (role.organisation or is_of_a_body):
        raise UnableToGiveRole(f"{title} is a role of the code's own office, for no organisation or body.")
    same = Role.objects.filter(
        in_force(role.from_on),
        person=role.person,
        code=role.code,
        role=role.role,
        organisation=role.organisation,
        body=role.body,
    )
    if same.exists():
        raise UnableToGiveRole(f"{role.person.name} has the role.")

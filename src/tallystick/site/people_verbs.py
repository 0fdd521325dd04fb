"""`tally people`: the first account of an installation, and what helps when nobody can sign in."""

from pathlib import Path
from typing import Any

import click

from tallystick.site.home import home_option
from tallystick.site.installed import installation, may_write

CODE = "sec"
HERE = "http://localhost:8000"

code_option = click.option("--code", default=CODE, show_default=True, help="The code's key.")
email_option = click.option("--email", required=True, help="The person's e-mail address.")
site_option = click.option("--site", default=HERE, show_default=True, help="Where the site is reached.")


@click.group()
def people() -> None:
    """Accounts of an installation. Everybody but the first is invited on the site itself."""


@people.command()
@email_option
@click.option("--name", required=True, help="The person's name.")
@code_option
@site_option
@home_option
def first(*, email: str, name: str, code: str, site: str, home: Path) -> None:
    """Make the first administrator, and print the one link that sets their password."""
    with installation(home):
        from django.core.exceptions import ValidationError  # noqa: PLC0415 - Django is ready only now

        from tallystick.parties.invitations import LASTS  # noqa: PLC0415 - as above
        from tallystick.parties.operations import people as acts  # noqa: PLC0415 - as above
        from tallystick.site.invitation_mail import address  # noqa: PLC0415 - as above

        _check(code)
        may_write()
        try:
            person, token = acts.set_up(email=email, name=name, **_asked(code))
        except (acts.UnableToSetUp, acts.UnableToInvite) as refusal:
            raise click.ClickException(str(refusal)) from None
        except ValidationError:
            raise click.ClickException(f"{email[:80]!r} is not an e-mail address.") from None
        click.echo(
            f"{person.name} is invited as the administrator. The link works once, for {LASTS.days} days:"
        )
        click.echo(address(person, token, site))


@people.command(name="list")
@code_option
@home_option
def list_people(*, code: str, home: Path) -> None:
    """List accounts with their roles."""
    with installation(home):
        from django.utils import timezone  # noqa: PLC0415 - Django is ready only now

        from tallystick.parties.queries import people_of  # noqa: PLC0415 - as above

        for person in people_of(code):
            roles = [
                str(role)
                for role in getattr(person, "code_roles", [])
                if role.is_in_force(timezone.localdate())
            ]
            state = "" if person.is_active else " (closed)"
            click.echo(f"{person.email}\t{person.name}{state}\t{'; '.join(roles) or 'no role'}")


@people.command()
@email_option
@code_option
@home_option
def forget_second_factors(*, email: str, code: str, home: Path) -> None:
    """Remove the second factors of somebody who lost them, such as the only administrator."""
    with installation(home):
        from tallystick.parties.models import Person  # noqa: PLC0415 - Django is ready only now
        from tallystick.parties.operations import people as acts  # noqa: PLC0415 - as above
        from tallystick.site import alarms  # noqa: PLC0415 - as above

        person = Person.objects.filter(email__iexact=email).first()
        if person is None:
            raise click.ClickException(f"No account has the address {email[:80]!r}.")
        may_write()
        asked = _asked(code)
        acts.forget_second_factors(person=person, **asked)
        said = "Your second factors were removed on the machine that the site runs on."
        alarms.note(person, said, asked["at"], is_of_factors=True)
        click.echo(f"The second factors of {person.name} are gone. The next sign-in asks for a new one.")


def _asked(code: str) -> dict[str, Any]:
    """Return by whom and when: nobody has signed in, it is whoever runs the installation."""
    from django.utils import timezone  # noqa: PLC0415 - Django is ready only now

    from tallystick.parties.acting import Acting  # noqa: PLC0415 - as above

    by = Acting(code, timezone.localdate(), stands_for="System administrator, command line")
    return {"by": by, "at": timezone.now()}


def _check(code: str) -> None:
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now

    if code not in settings.CODES:
        raise click.ClickException(
            f"This installation serves {', '.join(settings.CODES)}, not {code[:40]!r}."
        )

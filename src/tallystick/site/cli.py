"""The command line: `tally`. Each verb imports what it needs when it is asked, and nothing before."""

import sys

import click

from tallystick import __version__

_VERBS = {
    "rulebook": "tallystick.site.rulebook_verbs:rulebook",
    "receive": "tallystick.site.receive_verb:receive",
    "assess": "tallystick.site.assess_verb:assess",
    "explain": "tallystick.site.explain_verb:explain",
    "lines": "tallystick.site.lines_verb:lines",
    "serve": "tallystick.site.serve_verb:serve",
    "work": "tallystick.site.work_verb:work",
    "upgrade": "tallystick.site.upgrade_verb:upgrade",
    "people": "tallystick.site.people_verbs:people",
    "journal": "tallystick.site.journal_verbs:journal",
    "recover": "tallystick.site.recover_verb:recover",
    "demo": "tallystick.site.demo_verbs:demo",
}
_HELP = {
    "rulebook": "Check, show and compare a code's rules.",
    "receive": "Take in evidence: check it row by row, keep what is sound.",
    "assess": "Grade a month and list its findings.",
    "explain": "Show how one figure was made.",
    "lines": "List the rows of a month that failed, with their keys.",
    "serve": "Answer pages, and compute the runs that people ask for.",
    "work": "Compute the runs that wait, without pages.",
    "upgrade": "Bring the database to this version, with a copy from before.",
    "people": "Make the first account, list accounts.",
    "journal": "Sign the journal, check it, hand it on.",
    "recover": "Go on after a loss, which the journal then names.",
    "demo": "Write a made-up year with known truth, and compare.",
}


class _Verbs(click.Group):
    """Verbs by name; a verb's module is imported when it runs, so that help answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _VERBS:
            return None
        module, _, name = _VERBS[cmd_name].partition(":")
        verb: click.Command = getattr(__import__(module, fromlist=[name]), name)
        return verb

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Verbs"):
            formatter.write_dl(list(_HELP.items()))


@click.command(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="tally %(version)s")
def tally() -> None:
    """Assure the performance of an industry code: rules as text, evidence as sent, figures with proof."""


def main() -> None:
    """Run the command line."""
    sys.exit(tally(standalone_mode=True))

"""The demonstration's questionnaire on change of tenancy, recovery exercise and security statuses."""

import datetime as dt
import secrets
from decimal import Decimal

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import transaction

from tallystick.assessments.exercises.operations.debriefing import Learnt, Observed, note_lesson, observe
from tallystick.assessments.exercises.operations.exercising import (
    Coming,
    Prepared,
    announce_exercise,
    prepare_exercise,
    take_turn,
)
from tallystick.assessments.models import Application, Exercise, Questionnaire
from tallystick.assessments.questionnaires.operations.designing import (
    Designed,
    design_questionnaire,
    issue_questionnaire,
)
from tallystick.assessments.questionnaires.operations.responding import Filled, send_response
from tallystick.assessments.questionnaires.questions import DAY, NUMBER, ONE, SEVERAL, WORDS, Question
from tallystick.assessments.security.operations import (
    Lettered,
    StatusSet,
    Verified,
    record_letter,
    record_verification,
    set_status,
)
from tallystick.assessments.techniques.begun import Begun
from tallystick.assessments.techniques.operations.applying import begin_application
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Role
from tallystick.parties.operations.bodies import add_body
from tallystick.parties.operations.people import accept_invitation, give_role, invite
from tallystick.site.demo_story import ALDERBROOK, FELLSIDE, Story, august

KEYS = "demo-field"
UNTIL = dt.date(2021, 12, 31)
PLAYED = dt.date(2021, 8, 18)
QUESTIONS = (
    Question(
        "q1",
        ONE,
        "How do you first learn that a tenancy has changed?",
        choices=(
            "The old tenant tells us",
            "The new tenant tells us",
            "The landlord or an agent",
            "From reads",
        ),
    ),
    Question(
        "q2",
        SEVERAL,
        "What do you do on that day?",
        "What is done by itself counts as well.",
        choices=("Restrict access to data", "Remove the old tenant's credentials", "Write to the new tenant"),
    ),
    Question("q3", NUMBER, "Changes of tenancy a month", low=Decimal(0), high=Decimal(500_000)),
    Question("q4", DAY, "Since when have you worked so?", needed=False),
    Question("q5", WORDS, "What stands in the way?", needed=False),
)
HINDRANCES = (
    "We hear of it weeks late when an agent moves people in.",
    "",
    "Credentials of the app are held by another team, which works on weekdays.",
    "Nothing; it runs by itself since spring.",
)


@transaction.atomic
def make_field(code: str) -> None:
    """Plant them; what is there stays as it is."""
    if Questionnaire.objects.filter(code=code).exists():
        return
    story = Story(code, KEYS)
    _questionnaire(story)
    _exercise(story)
    _security(story)


def _questionnaire(story: Story) -> None:
    """Ask every party with a delegate, and let some of them answer."""
    names = sorted(story.delegates)
    title = "Access to data after a change of tenancy"
    why = "Some Parties restrict access late in most months; how each learns of a change is not known."
    row = _begun(story, ("tenancy_questionnaire", title, why, Decimal(3000)), names)
    designed = Designed(f"{why} The answers are told of several Parties together.", QUESTIONS, story.key())
    told = story.told(story.jo, august(9, 11))
    made = design_questionnaire(application=row, designed=designed, **told)
    issue_questionnaire(questionnaire=made, key=story.key(), **story.told(story.jo, august(9, 15)))
    answering = [name for name in names if name != FELLSIDE]
    for place, name in enumerate(answering[: len(answering) * 2 // 3 + 1]):
        given = {
            "q1": [str(place % 3 + 1)],
            "q2": ["1", "2"] if place % 2 else ["1"],
            "q3": [str(400 + 730 * place)],
            "q4": [f"2020-{place % 12 + 1:02}-01"],
            "q5": [HINDRANCES[place % len(HINDRANCES)]],
        }
        when = august(10 + place % 8, 14)
        part = row.parts.get(party__name=name)
        filled = Filled(given, story.key())
        send_response(part=part, filled=filled, **story.told(story.delegates[name], when))


def _exercise(story: Story) -> None:
    """Play the loss of a region's communications with one of two that were asked, and volunteers."""
    title = "Recovery of a region's communications"
    why = "Category 1 is read in more than one way, and nobody has tried the way back together."
    row = _begun(story, ("recovery_exercise", title, why, Decimal(11000)), [ALDERBROOK, FELLSIDE])
    prepared = Prepared(
        "At 09:10 every Communications Hub of the northern region stops answering. It stays so until noon.",
        PLAYED,
        ("Reports the Incident", "Answers customers", "Observes"),
        (
            "The Incident is raised as Category 1 within ten minutes",
            "Each Party is told within an hour",
            "Prepayment customers stay on supply",
        ),
        story.key(),
    )
    told = story.told(story.jo, august(9, 12))
    made = prepare_exercise(application=row, prepared=prepared, **told)
    announce_exercise(exercise=made, key=story.key(), **story.told(story.jo, august(9, 16)))
    volunteers = sorted(set(story.delegates) - {ALDERBROOK, FELLSIDE})[:3]
    for place, name in enumerate((ALDERBROOK, *volunteers)):
        coming = Coming(takes_part=True, key=story.key(), role=str(place % 3 + 1))
        party, own = (
            Organisation.objects.get(name=name),
            story.told(story.delegates[name], august(11 + place, 11)),
        )
        take_turn(exercise=made, party=party, coming=coming, **own)
    _observed(story, made)


def _observed(story: Story, made: Exercise) -> None:
    """Let the office write down what it saw and what two are to do; one objective is still open."""
    seen = (
        ("1", "met", "Raised at 09:17, as Category 1 by all who took part."),
        ("2", "in_part", "Two of four were told by 10:10; the list of contacts had people who had left."),
    )
    for objective, verdict, words in seen:
        observed = Observed(objective, verdict, words, story.key())
        observe(exercise=made, observed=observed, **story.told(story.jo, august(18, 16)))
    learnt = (
        Learnt(
            "Keep a list of contacts that is checked each quarter.",
            dt.date(2021, 10, 29),
            story.key(),
            body=Body.objects.get(code=story.code, key="OPSG"),
        ),
        Learnt(
            "Name a deputy for the incident desk.",
            dt.date(2021, 9, 30),
            story.key(),
            party=Organisation.objects.get(name=ALDERBROOK),
        ),
    )
    for one in learnt:
        note_lesson(exercise=made, learnt=one, **story.told(story.jo, august(18, 17)))


def _security(story: Story) -> None:
    """Let the secretary of the body that assures security keep two statuses, an assessment and a letter."""
    una = _secretary(story)
    told = story.told(una, august(12, 10))
    fellside, alderbrook = (Organisation.objects.get(name=one) for one in (FELLSIDE, ALDERBROOK))
    found = "Two of the controls of the key ceremony were not shown to work."
    verified = Verified(
        "verification", dt.date(2021, 7, 20), "Ravensworth Audit", "potential", story.key(), found
    )
    record_verification(party=fellside, told=verified, **told)
    says = "Both controls are in place by the end of September, and are shown to the assessor then."
    letter = Lettered(
        dt.date(2021, 8, 3), "Nell Garrick", "Director of Operations", says, "further_steps", story.key()
    )
    record_letter(party=fellside, told=letter, **told)
    grounds = "Subject to the two controls being shown by the end of September 2021."
    status = StatusSet("approved_with_steps", dt.date(2021, 8, 11), grounds, story.key())
    set_status(party=fellside, told=status, **told)
    clean = StatusSet(
        "approved", dt.date(2021, 8, 11), "No observation of the assessment stands.", story.key()
    )
    set_status(party=alderbrook, told=clean, **told)


def _secretary(story: Story) -> Acting:
    """Return the secretary of that body, who is nobody else's; `tally demo code ssc_secretary` knows them."""
    told = story.told(story.sam, august(6))
    day = august(6).date()
    body = Body.objects.filter(code=story.code, key="SSC").first()
    body = body or add_body(key="SSC", name="Security Sub-Committee", from_on=day, **told)
    email = "ssc-secretary@example.org"
    person, token = invite(email=email, name="Una Thorne", **told)
    # Nobody knows this password: `tally demo` gives another to whoever runs the demonstration.
    password = secrets.token_urlsafe(24)
    person = accept_invitation(person=person, token=token, password=password, **told)
    TOTP.activate(person, generate_totp_secret())
    role = give_role(person=person, role=Role.SECRETARY, of=body, from_on=day, **told)
    return Acting(story.code, day, person, role)


def _begun(story: Story, what: tuple[str, str, str, Decimal], names: list[str]) -> Application:
    technique, title, why, cost = what
    parties = tuple(Organisation.objects.get(name=name) for name in names)
    begun = Begun(technique, title, why, august(9).date(), UNTIL, cost, story.key(), parties)
    return begin_application(begun=begun, **story.told(story.jo, august(9, 10)))

"""Which doors the shell of a page shows: one plain list, so that one file tells where everything is."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from tallystick.assessments.security import seen as secured
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.routes import ROUTES
from tallystick.runs.installation import UnableToFind, rulebook_of


@dataclass(frozen=True)
class Door:
    """A register: its name, the address it leads to, and the addresses that lie behind it.

    One that `is_for` some alone is shown to them; what it leads to asks the policy all the same.
    """

    name: str
    address: str
    behind: tuple[str, ...] = ()
    is_for: Callable[[Acting], bool] | None = None

    def is_open_to(self, acting: Acting) -> bool:
        """Tell whether whoever is acting may come in at all, and would find anything of theirs there."""
        route = ROUTES.get(self.address)
        if self.is_for is not None and not self.is_for(acting):
            return False
        if route is None or (route.asks_sign_in and acting.person is None):
            return False
        return not route.type or is_granted(acting, route.type, "r")

    def holds(self, address: str) -> bool:
        return address == self.address or address in self.behind


@dataclass(frozen=True)
class Section:
    """An entry of the top bar with the registers of its second row."""

    name: str
    doors: tuple[Door, ...]


PLAN: tuple[Section, ...] = (
    Section("Home", (Door("Home", "home"),)),
    Section(
        "Performance",
        (
            Door("Month report", "performance", ("month",)),
            Door("Measures", "measures", ("measure", "measure_month")),
            Door("Findings", "findings", ("finding",)),
            Door("Evidence", "evidence", ("submission", "upload")),
            Door("Exclusions", "exclusions", ("exclusion",)),
            Door("Runs", "runs", ("run",)),
        ),
    ),
    Section(
        "Assurance",
        (
            Door(
                "Risks",
                "risks",
                (
                    *("risk", "open_risk_register", "add_risk", "merge_risks", "reword_risk", "split_risk"),
                    *("score_risk", "score_risk_again", "propose_likelihood", "answer_likelihood"),
                ),
            ),
            Door(
                "Plan",
                "plan",
                (
                    *("plan_of", "save_plan", "compare_plans", "plan_documents", "draft_document"),
                    *("plan_document", "take_document_step", "put_document"),
                    *("comment_on_document", "reply_to_comment", "plan_effects", "answer_effect"),
                ),
            ),
            Door(
                "Techniques",
                "techniques",
                ("technique", "tag_technique", "begin_application", "technique_report"),
            ),
            Door(
                "Applied",
                "applications",
                (
                    *("application", "take_application_step", "list_items", "part", "answer_part"),
                    *("conclude_part", "record_items", "record_certificate", "draw_sample", "tally_sample"),
                    *("total_sample", "correct_outcome"),
                ),
            ),
            Door(
                "Questionnaires",
                "questionnaires",
                (
                    *("questionnaire", "design_questionnaire", "reword_questions", "issue_questionnaire"),
                    *("remind_parties", "questionnaire_analysis", "answer_questionnaire"),
                ),
            ),
            Door(
                "Exercises",
                "exercises",
                (
                    *("exercise", "prepare_exercise", "announce_exercise", "take_part"),
                    *("observe_exercise", "note_lesson", "settle_lesson", "debrief_exercise"),
                ),
            ),
            Door(
                "Comparisons",
                "comparisons",
                (
                    *("publication", "draft_comparison", "take_publication_step", "query_publication"),
                    *("answer_publication_query", "correct_publication"),
                ),
            ),
            Door(
                "Charges",
                "charges",
                (
                    *("charge", "compute_charges", "take_charge_step", "query_charge"),
                    *("answer_charge_query", "correct_charge", "relieve_charges"),
                ),
            ),
            Door("Coverage", "coverage"),
            Door(
                "Security",
                "security",
                ("security_status", "set_security_status", "record_verification", "record_letter"),
                is_for=secured.is_concerned,
            ),
        ),
    ),
    Section(
        "Cases",
        (
            Door(
                "Cases",
                "cases",
                (
                    *("case", "open_case", "case_lines", "remedy", "file_remedy", "reply_to_notice"),
                    *("hold_case", "lift_case_hold"),
                ),
            ),
            Door("Analysis", "analysis", ("analysed_cases",)),
            Door("Gaps", "gaps", ("gap", "record_gap", "hand_on_gap", "close_gap")),
            Door(
                "Challenges",
                "challenges",
                (
                    *("challenge", "dispute", "serve_decision", "raise_dispute", "take_challenge_step"),
                    *("take_dispute_step", "put_challenge", "put_dispute", "correct_dispute"),
                ),
            ),
            Door(
                "Derogations",
                "derogations",
                (
                    *("derogation", "draft_derogation", "take_derogation_step"),
                    *("forbearance", "propose_forbearance", "take_forbearance_step"),
                ),
            ),
            Door("Holds", "holds", ("hold_market", "lift_market_hold")),
        ),
    ),
    Section(
        "Meetings",
        (Door("Decisions", "decisions", ("motion", "decision", "put_motion", "record_decision")),),
    ),
    Section(
        "Rulebook",
        (
            Door("Clauses", "clauses", ("clause", "process")),
            Door("Obligations", "obligations", ("obligation",)),
            Door("Parties", "parties", ("party",)),
            Door("Bodies", "bodies"),
            Door("People", "people", ("person", "invite")),
        ),
    ),
)
FORMS = ("json", "csv", "xlsx")
SAVED_AS = {
    "month": "month_as",
    "measure_month": "measure_month_as",
    "motion": "motion_as",
    "decisions": "decisions_as",
    "analysis": "analysis_as",
}


@dataclass(frozen=True)
class Entry:
    """A link of the shell; `is_here` on the page it leads to, and on those behind it."""

    name: str
    href: str
    is_here: bool = False


@dataclass(frozen=True)
class Shell:
    """What the shell shows on one page."""

    home: str
    code_title: str = ""
    section: str = ""
    search: str = ""
    waiting: str = ""
    journal: str = ""
    entries: list[Entry] = field(default_factory=list)
    registers: list[Entry] = field(default_factory=list)
    formats: list[tuple[str, str]] = field(default_factory=list)


def shell_of(request: HttpRequest, acting: Acting) -> Shell:
    """Return the shell of the page that the request asks for, with no door that would refuse the reader."""
    code = acting.code
    here = request.resolver_match.view_name if request.resolver_match else ""
    entries, registers, name = [], [], ""
    for section in PLAN:
        doors = [door for door in section.doors if door.is_open_to(acting)]
        is_here = any(door.holds(here) for door in section.doors)
        if doors:
            entries.append(Entry(section.name, reverse(doors[0].address, args=[code]), is_here))
        if is_here and len(doors) > 1:
            name = section.name
            registers = [Entry(d.name, reverse(d.address, args=[code]), d.holds(here)) for d in doors]
    return Shell(
        home=reverse("home", args=[code]),
        code_title=_title(code),
        section=name,
        search=reverse("search", args=[code]),
        waiting=reverse("waiting_count", args=[code]) if acting.role else "",
        journal=reverse("journal", args=[code]) if is_granted(acting, "journal_checkpoint", "r") else "",
        entries=entries,
        registers=registers,
        formats=_formats(request, here),
    )


def _formats(request: HttpRequest, here: str) -> list[tuple[str, str]]:
    """Return the same address in other forms, where the page has them."""
    if here not in SAVED_AS or request.resolver_match is None:
        return []
    known = {**request.resolver_match.kwargs}
    day = f"?at={request.GET['at'][:10]}" if "at" in request.GET else ""
    return [(form.upper(), reverse(SAVED_AS[here], kwargs={**known, "form": form}) + day) for form in FORMS]


def _title(code: str) -> str:
    try:
        return rulebook_of(code).code.title
    except UnableToFind:
        return ""

"""The types of things that rights are about, sorted by what the policy makes of them."""

FOR_A_PARTY = frozenset({"party_delegate", "proposer", "ingest"})

ADMINISTRATIVE = frozenset(
    {"party", "person", "body", "health", "config", "journal_checkpoint", "redaction", "audit_event"}
)
MONTH = frozenset(
    {
        "measure",
        "finding",
        "line_list",
        "submission",
        "held_row",
        "exclusion",
        "run",
        "month",
        "clause",
        "obligation",
    }
)
CASEWORK = frozenset(
    {
        *("case", "case_message", "case_note", "case_source", "remedy", "referral", "course", "hold"),
        *("derogation", "forbearance", "challenge", "dispute", "gap"),
    }
)
MEETINGS = frozenset({"paper", "minutes", "motion", "ballot", "decision"})
CHANGE = frozenset({"comment", "modification"})
# Where assurance is aimed and how: the register of risks, the catalogue, what is applied to whom, the year's
# documents, comparisons, charges, and where a User stands with the security of its systems.
ASSURANCE = frozenset(
    {"risk", "technique", "application", "part", "plan", "publication", "charge", "security_status"}
)
CONTENT = MONTH | CASEWORK | MEETINGS | CHANGE | ASSURANCE | {"report", "history", "export"}
TYPES = CONTENT | ADMINISTRATIVE

# Who stands with one side reads nothing confidential of the matter.
OF_THE_MATTER = CONTENT - {"clause", "obligation", "run", "month"} - CHANGE
# Whose drafts the body reads that they are before, and what no longer changes once it was decided.
BEFORE_A_BODY = frozenset(
    {
        *("minutes", "motion", "ballot", "decision", "referral"),
        *("risk", "plan", "publication", "charge"),
    }
)
BROUGHT_BY_PARTIES = frozenset(
    {
        *("submission", "held_row", "remedy", "comment", "modification", "export"),
        *("derogation", "challenge", "dispute"),
    }
)
# What any board reads of every party but those its members stand with. Casework is for the body it is before.
OF_PERFORMANCE = frozenset({"measure", "finding"})
WEIGHTY = frozenset(
    {
        *("ballot", "motion", "decision", "referral", "minutes", "case", "hold"),
        *("derogation", "forbearance", "challenge", "publication", "charge"),
    }
)

# Whose conflicts take nothing away: they have nothing of another's, or no content.
WITHOUT_CONFLICT = FOR_A_PARTY | {"public", "administrator"}

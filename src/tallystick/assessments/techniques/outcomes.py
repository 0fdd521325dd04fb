"""What may come of a party's part, by the form of the technique, and which parts ask the party to answer."""

from collections.abc import Mapping

ACKNOWLEDGED, NOT_ACKNOWLEDGED = "acknowledged", "not_acknowledged"
PASSED, FAILED, NOT_RUN = "passed", "failed", "not_run"
CONFORMS, DOES_NOT_CONFORM, NOT_CONCLUDED = "conforms", "does_not_conform", "not_concluded"
CERTIFIED, REFUSED = "certified", "refused"
GUIDANCE = "guidance"

_DONE = {"done": "Done", "not_done": "Not done"}
_TESTED = {PASSED: "Passed", FAILED: "Failed", NOT_RUN: "Not run"}
_LOOKED_AT = {
    CONFORMS: "Conforms",
    DOES_NOT_CONFORM: "Does not conform",
    NOT_CONCLUDED: "Nothing can be concluded",
}
_BY_FORM: Mapping[str, Mapping[str, str]] = {
    GUIDANCE: {ACKNOWLEDGED: "Acknowledged", NOT_ACKNOWLEDGED: "Not acknowledged"},
    "qualification": _TESTED,
    "testing": _TESTED,
    "certification": {CERTIFIED: "Certified", REFUSED: "Refused", NOT_RUN: "Not applied for"},
    "audit": _LOOKED_AT,
    "inspection": _LOOKED_AT,
    "questionnaire": {"answered": "Answered", "not_answered": "Not answered"},
    "exercise": {"took_part": "Took part", "did_not": "Did not take part"},
    "security": {"assured": "Assured", "assured_with_actions": "Assured, with actions", "not": "Not assured"},
}
# A party is asked for something under these; elsewhere it may answer and need not.
ASKING = frozenset(
    {
        GUIDANCE,
        "qualification",
        "testing",
        "certification",
        "audit",
        "inspection",
    }
)
# What these ask is kept in rows of their own, and answered on pages of their own.
IN_ROWS_OF_THEIR_OWN = frozenset({"questionnaire", "exercise"})
# Of these nobody can tell the result before it is known what came of each part.
CONCLUDED_EACH = frozenset({"qualification", "testing", "certification", "audit", "inspection"})
GOOD = frozenset({ACKNOWLEDGED, PASSED, CONFORMS, CERTIFIED, "answered", "took_part", "assured", "done"})
# What a rule by which parties are selected for another technique takes for a flag.
ADVERSE = frozenset({DOES_NOT_CONFORM, FAILED, REFUSED})


def outcomes_of(form: str) -> Mapping[str, str]:
    """Return what may come of a part of a technique of this form: words by key.

    Of a form that was not kept anything may have.
    """
    if not form:
        return {**_DONE, **{key: words for one in _BY_FORM.values() for key, words in one.items()}}
    return _BY_FORM.get(form, _DONE)

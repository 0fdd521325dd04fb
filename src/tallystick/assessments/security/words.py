"""What a status of security, an assessment and a letter are called.

No seed states these lists. The paper of 6 August 2021 (S0) names the provisions, and the report of 2018 (S1)
that a letter was clean or asked for further steps; the rest is recalled, and a page that uses it says so.
"""

STATUSES = {
    "approved": "Approved",
    "approved_with_steps": "Approved, subject to steps",
    "approved_with_follow_up": "Approved, subject to a follow-up assessment",
    "deferred": "Deferred",
    "rejected": "Rejected",
}
KINDS = {
    "full": "Full User Security Assessment",
    "verification": "Verification User Security Assessment",
    "follow_up": "Follow-up assessment",
    "self": "User Security Self-Assessment",
}
OUTCOMES = {
    "compliant": "Compliant",
    "observations": "Compliant, with observations",
    "potential": "Potentially non-compliant",
    "non_compliant": "Non-compliant",
}
LETTERS = {"clean": "No further steps", "further_steps": "Further steps needed"}
PILLS = {
    "approved": "met",
    "approved_with_steps": "below_target",
    "approved_with_follow_up": "below_target",
    "deferred": "below_target",
    "rejected": "below_minimum",
}

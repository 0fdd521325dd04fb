"""The addresses of the journal as a whole: what was signed, how to check it, and words to be removed."""

from django.urls import path

from tallystick.site import proofs, redactions

urlpatterns = [
    path("journal", proofs.journal, name="journal"),
    path("journal/<int:size>.txt", proofs.checkpoint, name="checkpoint"),
    path("journal/tally-verify", proofs.checker, name="checker"),
    path("journal/redactions", redactions.redactions, name="redactions"),
    path("journal/redactions/<slug:handle>", redactions.decide_redaction, name="decide_redaction"),
]

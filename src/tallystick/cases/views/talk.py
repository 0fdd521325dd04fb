"""The doors of what is said on a case: a message is sent or opened, a note is written."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tallystick.cases.forms import SentForm, WordsForm
from tallystick.cases.models import Message
from tallystick.cases.operations.talking import Sending, read_messages, send_message, write_note
from tallystick.cases.views.asked import INCOMPLETE, REFUSALS, facts_as, found
from tallystick.cases.views.case import Sent, page
from tallystick.decisions.views.asked import CONFLICT, is_let, moment
from tallystick.parties.request import Request


@require_POST
def send(request: Request, code: str, reference: str) -> HttpResponse:
    """Send a message to the other side; or show the party what is to be published."""
    case, form = found(request, reference), SentForm(request.POST, request.FILES)
    sent = Sent(message=form)
    if not form.is_valid() or not is_let(request, "c", facts_as(request, case, "case_message")):
        return page(request, case, sent, INCOMPLETE)
    told = form.cleaned_data
    kind = Message.TO_PUBLISH if request.POST.get("kind") == Message.TO_PUBLISH else Message.MESSAGE
    try:
        sending = Sending(kind, form.handed)
        send_message(
            case=case, text=told["text"], key=told["key"], sending=sending, by=request.acting, at=moment()
        )
    except REFUSALS as refusal:
        form.add_error("text", str(refusal))
        return page(request, case, sent, CONFLICT)
    notices.success(request, "Sent. It is served from now on, and read once the other side opens it.")
    return redirect("case", code, reference)


@require_POST
def open_messages(request: Request, code: str, reference: str) -> HttpResponse:
    """Open what the other side sent: it counts as read from now on."""
    case = found(request, reference)
    if is_let(request, "c", facts_as(request, case, "case_message")):
        read_messages(case=case, by=request.acting, at=moment())
    return redirect("case", code, reference)


@require_POST
def write(request: Request, code: str, reference: str) -> HttpResponse:
    """Write an internal note, which the party never sees."""
    case, form = found(request, reference), WordsForm(request.POST)
    sent = Sent(note=form)
    if not form.is_valid() or not is_let(request, "c", facts_as(request, case, "case_note")):
        return page(request, case, sent, INCOMPLETE)
    try:
        write_note(
            case=case,
            text=form.cleaned_data["text"],
            key=form.cleaned_data["key"],
            by=request.acting,
            at=moment(),
        )
    except REFUSALS as refusal:
        form.add_error("text", str(refusal))
        return page(request, case, sent, CONFLICT)
    notices.success(request, "Noted, for the office alone.")
    return redirect("case", code, reference)

"""The door of an attachment: its bytes, to be kept and never shown by a browser."""

from typing import Any

from csp.decorators import csp
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tallystick.cases import queries
from tallystick.cases.models import Attachment
from tallystick.cases.operations.talking import read_messages
from tallystick.cases.views.asked import found
from tallystick.decisions.views.asked import moment
from tallystick.parties.readings import note
from tallystick.parties.request import Request

# What the content was found to be; nothing that a browser would run.
TYPES = {
    Attachment.PDF: "application/pdf",
    Attachment.DOCUMENT: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Attachment.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Attachment.CSV: "text/csv",
    Attachment.TEXT: "text/plain",
    Attachment.PNG: "image/png",
    Attachment.JPEG: "image/jpeg",
    Attachment.LETTER: "application/octet-stream",  # a browser may open a letter as a page
}
UNAVAILABLE = 503
NOT_NOW = "This opens a message, which is noted in the journal. Nothing may be written there now."
ALONE: dict[str, Any] = {"default-src": ["'none'"], "frame-ancestors": ["'none'"], "sandbox": [""]}


@require_safe
@csp(ALONE)  # type: ignore[untyped-decorator]  # its room states no types
def fetch(request: Request, code: str, reference: str, handle: str) -> HttpResponse:
    """Give an attachment to whoever may read its message, and note that they read it.

    Whoever has still to open that message opens it so: what came with it is as good as read.

    :raises Http404: if there is none, or it was removed by order
    """
    case = found(request, reference)
    one = queries.attachment(request.acting, case, handle)
    if one is None:
        raise Http404
    if queries.to_open(request.acting).filter(attachments=one).exists():
        if request.writes_nothing:
            return HttpResponse(NOT_NOW, status=UNAVAILABLE, content_type="text/plain; charset=utf-8")
        read_messages(case=case, by=request.acting, at=moment(), fetched=one)
    note(request, Attachment.TYPE, [one], timezone.now())
    answer = HttpResponse(bytes(one.content.content), content_type=TYPES[one.media])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=one.name)
    answer["Cache-Control"] = "no-store"
    return answer

"""The doors of evidence: what was sent, one submission, and the sending of another."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallystick.parties.policy.decision import is_granted
from tallystick.parties.queries import organisations
from tallystick.parties.readings import note
from tallystick.parties.request import BOTH, Request
from tallystick.runs import queries, sending, uploads
from tallystick.runs.forms import UploadForm
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Submission
from tallystick.runs.operations import UnableToCommitSubmission, UnableToDiscardSubmission

A_PAGE = 100
CHOICES = ("stream", "state")
EXPECTED = ("missing", "not_due", "no_date_set")


@require_safe
def evidence(request: Request, code: str) -> HttpResponse:
    """List submissions, the rows that are held, and what is still expected."""
    acting = request.acting
    chosen = {name: request.GET.get(name, "")[:60] for name in CHOICES}
    every = queries.submissions_of(acting)
    found = [
        one for one in every if all(not want or getattr(one, name) == want for name, want in chosen.items())
    ]
    kept = {name: value for name, value in chosen.items() if value}
    held = queries.held_rows(acting)
    note(request, "submission", [*found, *held], timezone.now())
    return render(
        request,
        "runs/evidence.html",
        {
            "code": code,
            "chosen": chosen,
            "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
            "total": len(found),
            "streams": sorted({one.stream for one in every}),
            "states": Submission.STATES_OF_ONE,
            "held": held,
            "expected": [one for one in queries.expected(acting) if one.delivery in EXPECTED],
            "may_send": is_granted(acting, "submission", "c"),
            "query": f"?{urlencode(kept)}" if kept else "",
        },
    )


@require_safe
def submission(request: Request, code: str, reference: str) -> HttpResponse:
    """Show one submission: what it holds, what is wrong with it, and what can be done."""
    row = queries.submission(request.acting, reference)
    if row is None:
        raise Http404
    note(request, "submission", [row], timezone.now())
    return render(
        request,
        "runs/submission.html",
        {
            "code": code,
            "row": row,
            "held": queries.held_rows(request.acting, row),
            "later": [
                one
                for one in queries.submissions_of(request.acting, row.stream)
                if one.supersedes_id == row.pk
            ],
            "stream": rulebook_of(code).streams.get(row.stream),
            "may_send": is_granted(request.acting, "submission", "c"),
        },
    )


@require_safe
def corrected(request: Request, code: str, reference: str) -> FileResponse:
    """Give the refused rows back as a file, with what is wrong in a last column."""
    row = queries.submission(request.acting, reference)
    path = sending.file_to_correct(row) if row else None
    if row is None or path is None:
        raise Http404
    note(request, "submission", [row], timezone.now())
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"{row.reference}-refused.csv")


@require_http_methods(BOTH)
def upload(request: Request, code: str) -> HttpResponse:
    """Take a file and show what taking it in would come to; nothing is taken in yet."""
    acting = request.acting
    own = acting.organisation
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        rulebook=rulebook_of(code),
        senders=[] if own else organisations(code),
        own=own,
    )
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            kept = uploads.keep(sent.chunks(), filename=sent.name, person=acting.person)
        except uploads.UnableToKeepUpload as refusal:
            form.add_error("file", str(refusal))
        else:
            told = sending.Told(form.cleaned_data["stream"], form.sent_by, form.cleaned_data["period"])
            row = sending.preview(kept, told, by=acting, at=timezone.now())
            return _shown(request, code, row)
    shown = {"code": code, "form": form, "may_read": is_granted(acting, "submission", "r")}
    return render(request, "runs/upload.html", shown, status=422 if form.errors else 200)


def _shown(request: Request, code: str, row: Submission) -> HttpResponse:
    """Lead to what was sent; whoever may send and not read is told its reference instead."""
    if is_granted(request.acting, "submission", "r"):
        return redirect("submission", code, row.reference)
    messages.success(request, f"{row.reference} was sent. The office looks it over.")
    return redirect("upload", code)


@require_POST
def commit(request: Request, code: str, reference: str) -> HttpResponse:
    """Take a submission in that was looked over."""
    row = _own(request, reference)
    try:
        done = sending.commit(row, by=request.acting, at=timezone.now())
    except (sending.UnableToTakeIn, UnableToCommitSubmission) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"{done.accepted:,} rows taken in, {done.held:,} held, {done.refused:,} refused."
        )
    return redirect("submission", code, reference)


@require_POST
def discard(request: Request, code: str, reference: str) -> HttpResponse:
    """Forget a submission that was looked over."""
    row = _own(request, reference)
    try:
        sending.discard(row, by=request.acting, at=timezone.now())
    except UnableToDiscardSubmission as refusal:
        messages.error(request, str(refusal))
        return redirect("submission", code, reference)
    messages.success(request, "Discarded. Nothing of it was taken in.")
    return redirect("evidence", code)


def _own(request: Request, reference: str) -> Submission:
    """Return the submission that somebody may decide on: one they sent, or the office any."""
    row = queries.submission(request.acting, reference)
    if row is None or (request.acting.organisation and row.party != request.acting.organisation):
        raise Http404
    return row

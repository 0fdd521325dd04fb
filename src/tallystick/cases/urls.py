"""Addresses of cases and of what belongs to one, below the code."""

from django.urls import path, register_converter

from tallystick.cases.views import (
    acts,
    analysis,
    attachments,
    case,
    causes,
    gaps,
    holding,
    lines,
    opening,
    register,
    remedy,
    talk,
)
from tallystick.cases.views.asked import CaseConverter
from tallystick.cases.views.gaps import GapConverter
from tallystick.decisions.views.asked import SavedConverter

register_converter(CaseConverter, "case")
register_converter(GapConverter, "gap")
register_converter(SavedConverter, "analysed")

urlpatterns = [
    path("cases", register.cases, name="cases"),
    path("cases/new", opening.open_case, name="open_case"),
    path("cases/analysis", analysis.analysis, name="analysis"),
    path("cases/analysis.<analysed:form>", analysis.analysis, name="analysis_as"),
    path("cases/analysis/cases", analysis.behind_number, name="analysed_cases"),
    path("cases/<case:reference>", case.case, name="case"),
    path("cases/<case:reference>/lines", lines.lines, name="case_lines"),
    path("cases/<case:reference>/share", acts.share, name="share_case_lines"),
    path("cases/<case:reference>/notice", acts.notice, name="give_notice"),
    path("cases/<case:reference>/reply", lines.reply, name="reply_to_notice"),
    path("cases/<case:reference>/moves/<slug:move>", acts.step, name="take_case_step"),
    path("cases/<case:reference>/hold", holding.hold, name="hold_case"),
    path("cases/<case:reference>/holds/<slug:handle>/lift", holding.lift, name="lift_case_hold"),
    path("cases/<case:reference>/leads", acts.leads, name="name_case_leads"),
    path("cases/<case:reference>/cause", causes.cause, name="name_case_cause"),
    path("cases/<case:reference>/findings", acts.add, name="add_case_finding"),
    path("cases/<case:reference>/satisfied", acts.satisfied, name="satisfy_auditor"),
    path("cases/<case:reference>/messages", talk.send, name="send_case_message"),
    path("cases/<case:reference>/messages/open", talk.open_messages, name="read_case_messages"),
    path("cases/<case:reference>/attachments/<slug:handle>", attachments.fetch, name="case_attachment"),
    path("cases/<case:reference>/notes", talk.write, name="write_case_note"),
    path("cases/<case:reference>/remedy/new", remedy.file, name="file_remedy"),
    path("cases/<case:reference>/remedy/<int:version>", remedy.remedy, name="remedy"),
    path("cases/<case:reference>/remedy/<int:version>/return", remedy.send_back, name="return_remedy"),
    path("cases/<case:reference>/remedy/<int:version>/accept", remedy.accept, name="accept_remedy"),
    path("cases/<case:reference>/remedy/<int:version>/warn", remedy.warn, name="warn_of_remedy"),
    path("cases/<case:reference>/remedy/<int:version>/recover", remedy.recover, name="recover_remedy"),
    path(
        "cases/<case:reference>/remedy/<int:version>/milestones/<int:number>",
        remedy.meet,
        name="meet_milestone",
    ),
    path("gaps", gaps.gaps, name="gaps"),
    path("gaps/new", gaps.record, name="record_gap"),
    path("gaps/<gap:reference>", gaps.gap, name="gap"),
    path("gaps/<gap:reference>/hand-on", gaps.hand_on, name="hand_on_gap"),
    path("gaps/<gap:reference>/close", gaps.close, name="close_gap"),
]

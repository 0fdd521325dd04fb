"""Addresses of motions, votes and decisions, below the code."""

from django.urls import path, register_converter

from tallystick.decisions.views import decision, motion, opening, putting, register, voting
from tallystick.decisions.views.asked import DecisionConverter, MotionConverter, SavedConverter

register_converter(MotionConverter, "motion")
register_converter(DecisionConverter, "decided")
register_converter(SavedConverter, "saved")

urlpatterns = [
    path("decisions", register.decisions, name="decisions"),
    path("decisions.<saved:form>", register.decisions, name="decisions_as"),
    path("decisions/new", putting.put_motion, name="put_motion"),
    path("decisions/record", putting.record_decision, name="record_decision"),
    path("decisions/<motion:reference>", motion.motion, name="motion"),
    path("decisions/<motion:reference>.<saved:form>", motion.motion_as, name="motion_as"),
    path("decisions/<motion:reference>/open", opening.open_vote, name="open_vote"),
    path("decisions/<motion:reference>/close", opening.close_vote, name="close_vote"),
    path("decisions/<motion:reference>/withdraw", opening.withdraw, name="withdraw_motion"),
    path("decisions/<motion:reference>/declare", voting.declare, name="declare"),
    path("decisions/<motion:reference>/casting", voting.casting, name="casting_vote"),
    path("decisions/<motion:reference>/seats/<slug:seat>/vote", voting.cast, name="cast_vote"),
    path("decisions/<motion:reference>/seats/<slug:seat>/pass", voting.pass_on, name="pass_vote"),
    path("decisions/<motion:reference>/seats/<slug:seat>/take-back", voting.take_back, name="take_back_vote"),
    path("decisions/<decided:reference>", decision.decision, name="decision"),
    path("decisions/<decided:reference>/object", decision.object_to, name="object_to"),
]

"""A motion is put to a body about a matter: what comes of it is carried out in that matter alone."""

import datetime as dt

from django.db import transaction

from tallystick.decisions.models import Motion
from tallystick.decisions.operations.motions import Put, UnableToPutMotion, put_motion
from tallystick.parties.acting import Acting
from tallystick.processes.models import Course, PutAbout


def put_about(course: Course, put: Put, by: Acting, at: dt.datetime) -> Motion:
    """Draft a motion about a matter, whose reference `put` says; `put_motion` enters both as one.

    :raises UnableToPutMotion: if it cannot be put, or the form put one before that is not about this matter
    """
    with transaction.atomic():
        made = put_motion(put=put, by=by, at=at)
        there = PutAbout.objects.filter(motion=made).first()
        is_new = there is None and made.put_at == at
        if is_new:
            PutAbout(course=course, motion=made).save(force_insert=True)
        elif there is None or there.course_id != course.pk:
            raise UnableToPutMotion(f"This form put {made.reference} before. Open the page again.")
        return made

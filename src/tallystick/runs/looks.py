"""When somebody last looked at their home in a role: what changed since then is shown to them."""

import datetime as dt

from django.db import IntegrityError, models, transaction

from tallystick.parties.models import Role

# Pages opened within it are one visit; the look itself is noted at most once a minute.
ONE_VISIT = dt.timedelta(minutes=30)
NOTED_EVERY = dt.timedelta(minutes=1)


class Look(models.Model):
    """One role's last look at its home, and the last of the visit before; no act, and no content."""

    role = models.OneToOneField(Role, models.CASCADE, related_name="look")
    seen_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.role_id} looked at {self.seen_at}"


def noted(role: Role, at: dt.datetime) -> dt.datetime | None:
    """Note that a role's holder looks, and return when they did on the visit before; None on their first."""
    look = Look.objects.filter(role=role).first()
    if look is None:
        try:
            with transaction.atomic():
                Look.objects.create(role=role, seen_at=at)
        except IntegrityError:
            return None  # two windows at once: the other one noted it
        return None
    gone = at - look.seen_at
    if gone > ONE_VISIT:
        look.before_at = look.seen_at
    if gone > NOTED_EVERY:
        look.seen_at = at
        look.save(update_fields=["seen_at", "before_at"])
    return look.before_at

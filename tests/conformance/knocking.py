"""Ways to ask the site something and put everything back afterwards."""

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.test import Client

from tests.conformance.answers import SECRET, secrets_in
from tests.conformance.judge import Judge, Who
from tests.conformance.known import Known
from tests.conformance.probes import Probe, expected
from tests.conformance.world import World


class Knocking:
    """Asks as anybody; nothing that was done by asking stays done."""

    def __init__(self, world: World, judge: Judge) -> None:
        self.world, self.judge, self.known = world, judge, Known(world, judge)
        self.statuses: Counter[int] = Counter()
        self._clients: dict[Who, Client] = {}

    def ask(self, who: Who, method: str, address: str, sent: dict[str, Any] | None = None) -> Any:
        """Return the answer; its body is read before what it did is undone."""
        if who not in self._clients:
            self._clients[who] = self.world.crowd.client(who)
        client = self._clients[who]
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            answer: Any = (
                client.post(address, sent or {}) if method == "POST" else client.generic(method, address)
            )
            if answer.streaming:
                answer.streaming_content = [b"".join(answer.streaming_content)]
            transaction.set_rollback(True)
        client.cookies = cookies
        return answer

    def wrong(self, probe: Probe) -> Iterator[str]:
        """Yield what is not as the policy has it."""
        place = probe.place
        answer = self.ask(probe.who, probe.method, place.address, place.sent)
        self.statuses[answer.status_code] += 1
        at = f"{probe.who.name} {probe.method} {place.address} ({place.what})"
        wanted = expected(self.judge, probe)
        if answer.status_code not in wanted:
            yield f"{at}: {answer.status_code}, not one of {wanted[:3]}"
        told = secrets_in(answer) - self.known.to(probe) - set(SECRET.findall(place.address))
        for secret in sorted(told):
            yield f"{at}: shows {secret}, {self.world.secrets.get(secret, 'a name')}"

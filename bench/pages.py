"""What pages cost: `python -m bench.pages HOME`, a home that `tally demo site HOME --scale medium` made.

Processor time of each page as a ratio to the empty page, and how long many readers at once wait.
Printed, not judged: a page is judged by its queries, in the tests.
"""

import argparse
import datetime as dt
import http.client
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 15
PORT = 8129
PAGES = {
    "empty": "/sec/search",
    "home": "/sec/",
    "month": "/sec/performance/2021-07",
    "measure": "/sec/measures/CPM1/2021-07",
    "findings": "/sec/findings",
    "evidence": "/sec/evidence",
    "clauses": "/sec/rulebook",
}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what pages cost.")
    parser.add_argument("home", type=Path)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--think", type=float, default=5.0, help="seconds between two pages of one reader")
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    os.environ |= {"TALLY_HOME": str(asked.home), "DJANGO_SETTINGS_MODULE": "tallystick.site.settings"}
    import django  # noqa: PLC0415 - the home is named only now

    django.setup()
    for role in ("analyst", "party_delegate"):
        session = signed_in(role)
        costs(role, session)
        crowd(session, asked)


def signed_in(role: str) -> str:
    """Return the key of a session in which somebody acts in a role, with a second factor shown."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from tallystick.parties.models import Role  # noqa: PLC0415

    email = f"{role.replace('_', '-')}@example.org"
    held = Role.objects.select_related("person").filter(role=role, person__email=email).first()
    if held is None:
        raise SystemExit(f"Nobody in this home is {role}.")
    session, now = SessionStore(), dt.datetime.now(dt.UTC).timestamp()  # noqa: TID251 - of now
    session.update(
        {
            SESSION_KEY: str(held.person.pk),
            BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
            HASH_SESSION_KEY: held.person.get_session_auth_hash(),
            "account_authentication_methods": [{"method": how, "at": now} for how in ("password", "mfa")],
            "account_authentication_methods_user": str(held.person.pk),
            "capacity": held.handle,
        }
    )
    session.save()
    return str(session.session_key)


def costs(role: str, session: str) -> None:
    """Print the processor time of each page beside that of the empty one."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client(SERVER_NAME="localhost")
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    spent = {}
    for name, address in PAGES.items():
        answer = client.get(address)
        spent[name] = timed(lambda address=address: client.get(address))  # type: ignore[misc]  # bound now
        ratio = spent[name] / spent["empty"]
        said = f"{spent[name] * 1000:7.1f} ms  {ratio:5.1f} x empty  {len(answer.content):,} bytes"
        print(f"{role:15} {name:9} {answer.status_code} {said}")


def timed(work: Callable[[], Any]) -> float:
    work()
    taken = []
    for _ in range(ROUNDS):
        before = time.process_time()
        work()
        taken.append(time.process_time() - before)
    return statistics.median(taken)


def crowd(session: str, asked: argparse.Namespace) -> None:
    """Print how long pages take with many readers at once, each thinking between two pages."""
    command = [
        sys.executable,
        "-m",
        "tallystick.site",
        "serve",
        "--home",
        str(asked.home),
        "--port",
        str(PORT),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_it(session)
        waits: list[float] = []
        ends = time.monotonic() + asked.seconds
        readers = [
            threading.Thread(target=read, args=(number, session, ends, asked.think, waits))
            for number in range(asked.users)
        ]
        for one in readers:
            one.start()
        for one in readers:
            one.join()
    finally:
        server.terminate()
        server.wait()
    waits.sort()
    cut = {part: waits[min(len(waits) - 1, len(waits) * part // 100)] * 1000 for part in (50, 95, 99)}
    print(
        f"{asked.users} readers thinking {asked.think:g} s: {len(waits)} pages, "
        + ", ".join(f"p{part} {value:.0f} ms" for part, value in cut.items())
    )


def read(number: int, session: str, ends: float, think: float, waits: list[float]) -> None:
    chosen = random.Random(number)  # noqa: S311 - the same walk every time, nothing secret
    time.sleep(chosen.random() * think)
    while time.monotonic() < ends:
        before = time.monotonic()
        get(chosen.choice(list(PAGES.values())), session)
        waits.append(time.monotonic() - before)
        time.sleep(think * (0.5 + chosen.random()))


def get(address: str, session: str) -> None:
    line = http.client.HTTPConnection("localhost", PORT, timeout=60)
    line.request("GET", address, headers={"Cookie": f"tally={session}"})
    line.getresponse().read()
    line.close()


def wait_for_it(session: str) -> None:
    """Wait until the site answers, and have every process of it answer every page."""
    for _ in range(100):
        try:
            get("/", session)
        except OSError:
            time.sleep(0.3)
        else:
            break
    for address in (*PAGES.values(),) * 6:
        get(address, session)


if __name__ == "__main__":
    main()

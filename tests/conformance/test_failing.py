"""A page that breaks with something Red in its hands gives nothing of it away."""

import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from tallystick.runs.models import Figure, Submission
from tallystick.site.logs import WithoutContent
from tests.conformance.answers import SECRET, body, secrets_in
from tests.conformance.cast import BY_NAME
from tests.conformance.conftest import Note
from tests.conformance.judge import Judge
from tests.conformance.knocking import Knocking
from tests.conformance.probes import names, places
from tests.conformance.world import JULY, World

pytestmark = pytest.mark.django_db
IN_HAND: list[Any] = []


class Breaking:
    """Breaks every page as it is made, with a row in its hands and the row's words in the error."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = self.get_response(request)
        return answer

    def process_view(self, _request: HttpRequest, _view: Any, _args: Any, _kwargs: Any) -> None:
        red = IN_HAND[0]
        raise RuntimeError(f"cannot tell of {red.subject}: {red.why}") from LookupError(red.why)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Return what the log says, written as the settings have it written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithoutContent())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


class TestTheLog:
    def test_is_written_without_content_wherever_it_goes(self) -> None:
        said: Any = settings.LOGGING

        assert said["formatters"] == {"plain": {"()": "tallystick.site.logs.WithoutContent"}}
        assert {one["formatter"] for one in said["handlers"].values()} == {"plain"}
        assert settings.ADMINS == []


class TestAPageThatBreaks:
    def test_gives_nothing_away_at_any_address(
        self, world: World, log: io.StringIO, record_property: Note
    ) -> None:
        IN_HAND[:] = [next(made.row for made in world.rows["finding"] if made.what.cls == "red")]
        # One place of each name, of something that is there if there is any.
        by_name = {place.name: place for place in sorted(places(world), key=lambda place: place.exists)}
        doors = [*settings.MIDDLEWARE, f"{__name__}.Breaking"]
        asked = 0

        with override_settings(MIDDLEWARE=doors):
            for name, place in by_name.items():
                for who in (BY_NAME["chair"], BY_NAME["secretary"], BY_NAME["administrator"]):
                    client = world.crowd.client(who)
                    with transaction.atomic():
                        answer = client.generic(place.methods[0], place.address)
                        transaction.set_rollback(True)
                    asked += answer.status_code == 500
                    assert answer.status_code in (500, 404), (name, who.name)
                    assert secrets_in(answer) <= {world.crowd.people[who.name].name}, name

        said = set(SECRET.findall(log.getvalue()))
        record_property("counted", f"Broken pages: {asked} answers at {len(by_name)} addresses, 0 secrets")
        assert set(by_name) == names()
        assert asked >= len(by_name)
        assert "RuntimeError" in log.getvalue()
        assert said & {IN_HAND[0].subject, IN_HAND[0].why} == set()
        assert mail.outbox == []

    def test_says_what_happened_and_how_to_go_on(self, world: World) -> None:
        IN_HAND[:] = [world.rows["finding"][0].row]

        with override_settings(MIDDLEWARE=[*settings.MIDDLEWARE, f"{__name__}.Breaking"]):
            page = world.crowd.client(BY_NAME["analyst"]).get("/sec/").content.decode()

        assert "Something broke here" in page
        assert "saved whole or not at all" in page
        assert "Traceback" not in page
        assert "RuntimeError" not in page

    def test_over_a_row_of_the_wrong_shape_quotes_nothing_of_it(
        self, world: World, judge: Judge, log: io.StringIO
    ) -> None:
        with transaction.atomic():
            row = Figure.objects.filter(run=world.july, measure="CPM1").get()
            row.told = {"title": row.told["title"], "state": row.told["commentary"]}
            row.save()
            answer = Knocking(world, judge).ask(BY_NAME["analyst"], "GET", f"/sec/performance/{JULY}")
            transaction.set_rollback(True)

        assert answer.status_code == 500
        assert "ValidationError" in log.getvalue()
        assert SECRET.findall(log.getvalue()) == []

    def test_over_a_rule_of_the_database_quotes_no_values(self, world: World, log: io.StringIO) -> None:
        row = world.rows["submission"][0].row
        again = Submission(code="sec", reference=row.reference, received_at=row.received_at, state="refused")
        try:
            with transaction.atomic():
                again.save()
        except IntegrityError as error:
            error.args = (row.reason,)
            logging.getLogger("tallystick").exception("could not be saved")

        assert "IntegrityError" in log.getvalue()
        assert "could not be saved" in log.getvalue()
        assert SECRET.findall(log.getvalue()) == []


class TestALine:
    def test_of_the_log_is_one_whatever_was_asked_for(self, client: Client, log: io.StringIO) -> None:
        client.get("/sec/no%0AERROR%20forged%0D%0Aline")

        lines = [line for line in log.getvalue().splitlines() if "no" in line]
        assert len(lines) == 1
        assert "forged" in lines[0]
        assert not any(line.startswith("ERROR") for line in log.getvalue().splitlines())


class TestAFormWithoutItsMark:
    def test_is_refused_with_the_way_on_and_alike_for_all(self, world: World) -> None:
        red = next(made.row for made in world.rows["submission"] if made.what.cls == "red")
        pages = set()
        for reference in (red.reference, "nothing"):
            client = Client(enforce_csrf_checks=True)
            answer = client.post(f"/sec/evidence/{reference}/commit")
            assert answer.status_code == 403
            pages.add(body(answer))

        assert len(pages) == 1
        assert b"Nothing was changed" in pages.pop()

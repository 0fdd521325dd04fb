import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from tallystick.demo.plant import plant
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs import installation, tasks
from tallystick.runs.models import Figure, Run
from tallystick.site import demo_site
from tests.site.entering import now

pytestmark = pytest.mark.django_db

Make = Callable[..., list[str]]
# What is told beside the months, each with tests of its own: `test_does_nothing_again` makes all of it.
STORIES = (
    *("demo_votes.make_votes", "demo_cases.open_before_late_files", "demo_cases.make_cases"),
    *("demo_leave.make_leave", "demo_challenges.make_challenges", "demo_gaps.make_gaps"),
    *("demo_risks.make_risks", "demo_applications.make_applications", "demo_field.make_field"),
    *("demo_publication.make_publications", "demo_plan.make_plan"),
)


@pytest.fixture(scope="session")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "year"
    plant(folder, scale="small", seed=1)
    return folder


@pytest.fixture
def make(year: Path, sec: Rulebook, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Make:
    """Return how the site of a year is made whose evidence is empty; it gives the steps that were told."""
    settings.HOME, settings.STORE, settings.IS_DEMO = year, year / "store", True
    # The rows of the test before are gone, and so is what was signed of them.
    shutil.rmtree(year / "checkpoints", ignore_errors=True)
    (year / "journal-key").unlink(missing_ok=True)
    settings.HOSTS = settings.LOOPBACK
    measure = sec.measures["AREA-D1"]
    obligations = {measure.obligation: sec.obligations[measure.obligation]}
    small = replace(sec, measures={measure.key: measure}, obligations=obligations)
    monkeypatch.setattr(installation, "rulebook_of", lambda _code: small)

    def made(*months: str, rest_later: bool = False) -> list[str]:
        told: list[str] = []
        demo_site.make(months, told.append, rest_later=rest_later)
        return told

    return made


@pytest.fixture
def months_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the site be made of its people and months, and of nothing that was decided or opened there."""
    for one in STORIES:
        monkeypatch.setattr(f"tallystick.site.{one}", lambda *_: None)


class TestMake:
    @pytest.mark.usefixtures("months_alone")
    def test_lands_the_last_month_also_as_it_was_before_its_late_files(self, make: Make) -> None:
        told = make("2021-07")

        assert told == [
            "computing July 2021 as known on 2021-08-13",
            "computing July 2021 as known on 2021-08-20",
        ]
        assert [str(one.known_on) for one in Run.objects.filter(is_current=True)] == ["2021-08-20"]

    def test_does_nothing_again(self, make: Make) -> None:
        make("2021-06")

        assert make("2021-06") == []
        assert Run.objects.count() == 1

    @pytest.mark.usefixtures("months_alone")
    def test_starts_with_the_last_month(self, make: Make) -> None:
        told = make()

        assert (len(told), told[2], told[-1]) == (
            14,
            "computing June 2021 as known on 2021-08-20",
            "computing July 2020 as known on 2021-08-20",
        )

    @pytest.mark.usefixtures("months_alone")
    def test_leaves_the_other_months_to_the_worker_where_that_is_wanted(self, make: Make) -> None:
        make("2021-07", rest_later=True)
        make("2021-07", rest_later=True)

        waiting = Run.objects.filter(state=Run.WAITING).order_by("pk").values_list("period", flat=True)
        assert (len(waiting), waiting[0]) == (12, "2021-06")

    @pytest.mark.usefixtures("months_alone")
    def test_takes_up_a_run_that_was_cut_short(self, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        waited: list[float] = []

        def silence(seconds: float) -> None:
            waited.append(seconds)
            cut_short = Run.objects.get()
            cut_short.beat_at = now() - dt.timedelta(hours=1)
            cut_short.save()

        monkeypatch.setattr("tallystick.site.demo_site.time.sleep", silence)
        make("2021-06", rest_later=False)
        cut_short = Run.objects.get()
        Figure.objects.all()._raw_delete("default")
        cut_short.state, cut_short.is_current, cut_short.attempts = Run.RUNNING, False, 1
        cut_short.worker, cut_short.beat_at = "killed", now()
        cut_short.save()

        make("2021-06")

        assert waited == [1]
        assert Run.objects.get().state == Run.LANDED

    @pytest.mark.usefixtures("months_alone")
    def test_says_which_month_failed(self, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise installation.UnableToFind("No evidence.")

        monkeypatch.setattr(tasks, "compute", broken)

        with pytest.raises(demo_site.UnableToMakeSite, match=r"June 2021: No evidence\."):
            make("2021-06")

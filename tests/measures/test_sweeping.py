import os
from pathlib import Path

import pytest

from tallystick.measures.evaluate import daily
from tallystick.measures.sweeping import SECONDS_A_DAY, UNUSED_DAYS, in_use, sweep
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.world import World, added_up, event, hub, with_measure

JULY = Span.parse("2021-07")
OF_DUTIES = "AREA-D1"
ON = "2021-08-20"
NOW = 2_000_000_000.0
LATER = NOW + (UNUSED_DAYS + 1) * SECONDS_A_DAY


@pytest.fixture
def world(sec: Rulebook, tmp_path: Path) -> World:
    """Return a store with sums of one kind each: by file, of duties, across days; all of them old."""
    made = World(sec, tmp_path)
    made.send("hub_installs", [hub(day, f"H{day}") for day in (1, 2)], "2021-08-02", "2021-07")
    events = [event("2021-07-01T10:00", "commissioned"), event("2021-07-05T10:00", "certificates_recycled")]
    made.send("device_events", events, "2021-08-02", "2021-07")
    return made


def computed(world: World, *keys: str) -> dict[str, object]:
    known = world.known(ON)
    return {key: added_up(daily(known, world.book.measures[key], JULY)) for key in keys}


def aged(world: World) -> None:
    for file in world.kept.rglob("*.sums"):
        os.utime(file, (NOW, NOW))


def kept(world: World, key: str) -> int:
    return len(list((world.kept / key).glob("*.sums")))


def summable(world: World) -> str:
    """Return a measure that adds up the rows of hub installations by file."""
    return next(
        one.key
        for one in world.book.measures.values()
        if one.kind in ("share", "share_within", "count") and one.streams == ("hub_installs",)
    )


class TestSweep:
    def test_leaves_every_sum_that_would_be_found_again(self, world: World) -> None:
        key = summable(world)
        before = computed(world, key, OF_DUTIES)
        aged(world)
        files = world.files("partials")

        swept = sweep(world.known(ON), LATER)

        assert swept == 0
        assert files
        assert world.files("partials") == files
        assert computed(world, key, OF_DUTIES) == before

    def test_removes_the_sums_of_a_rule_that_was_changed(self, world: World) -> None:
        computed(world, OF_DUTIES)
        world.book = with_measure(world.book, OF_DUTIES, where={"device_kind": ("gsme",)})
        computed(world, OF_DUTIES)
        aged(world)
        had = kept(world, OF_DUTIES)

        swept = sweep(world.known(ON), LATER)

        assert (swept, kept(world, OF_DUTIES)) == (had // 2, had // 2)

    def test_waits_a_month_before_it_removes_one(self, world: World) -> None:
        key = summable(world)
        computed(world, key)
        aged(world)
        (world.kept / key / "0123_2021-07-01_.sums").write_bytes(b"of another rule")
        os.utime(world.kept / key / "0123_2021-07-01_.sums", (NOW, NOW))

        swept = [sweep(world.known(ON), at) for at in (NOW + SECONDS_A_DAY, LATER)]

        assert swept == [0, 1]

    def test_removes_the_folder_of_a_measure_that_is_no_more(self, world: World) -> None:
        gone = world.kept / "CPM0"
        gone.mkdir(parents=True)
        (gone / "0123__.sums").write_bytes(b"old")
        os.utime(gone / "0123__.sums", (NOW, NOW))

        sweep(world.known(ON), LATER)

        assert not gone.exists()

    def test_finishes_what_was_cut_short(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        key = summable(world)
        before = computed(world, key)
        aged(world)
        for number in range(3):
            stray = world.kept / key / f"{number}__.sums"
            stray.write_bytes(b"of another rule")
            os.utime(stray, (NOW, NOW))
        unlink = Path.unlink
        done: list[Path] = []

        def killed(path: Path, *, missing_ok: bool = False) -> None:
            if done:
                raise KeyboardInterrupt
            done.append(path)
            unlink(path, missing_ok=missing_ok)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "unlink", killed)
            with pytest.raises(KeyboardInterrupt):
                sweep(world.known(ON), LATER)

        assert computed(world, key) == before
        assert sweep(world.known(ON), LATER) == 2

    def test_has_nothing_to_do_where_nothing_is_kept(self, world: World) -> None:
        assert sweep(world.known(ON), LATER) == sweep(world.known(ON, keeping=False), LATER) == 0


class TestInUse:
    def test_names_every_kept_sum_of_a_file_or_of_its_duties(self, world: World) -> None:
        for key in (summable(world), OF_DUTIES):
            computed(world, key)

            named = {file.name.partition("_")[0] for file in (world.kept / key).glob("*.sums")}

            assert named
            assert named <= set(in_use(world.known(ON), world.book.measures[key]))

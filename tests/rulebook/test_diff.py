import datetime as dt
from pathlib import Path

import pytest

from tallystick.rulebook.diff import Change, diff
from tests.rulebook.conftest import SMALL, Folder
from tests.rulebook.moving import FILE, set_going

LEVEL = '2020-01-01: {target: "99", minimum: "96", source: recalled}'


@pytest.fixture
def newer(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path / "newer")
    for name, text in SMALL.items():
        folder.write(name, text)
    return folder


def told(change: Change) -> tuple[str, str, str, str]:
    return change.field, change.before, change.after, change.periods


class TestChange:
    def test_is_told_in_one_line(self, small: Folder, newer: Folder) -> None:
        newer.rewrite("levels/REPLY.yaml", '"99"', '"99.5"')
        newer.write("clauses/C8.yaml", "clause: C8\nheading: Records\nsource: S1\n")

        assert [str(change) for change in diff(small.rulebook, newer.rulebook)] == [
            "clauses C8: added (all periods)",
            "levels REPLY: target was 99, is 99.5 (from January 2020); touches REPLY",
        ]


class TestDiff:
    def test_is_nothing_between_equal_rulebooks(self, small: Folder, newer: Folder) -> None:
        newer.rewrite("code.yaml", "short: SSC\n", "")
        newer.rewrite("code.yaml", "key: small", "# the same in another order\nshort: SSC\nkey: small")

        assert diff(small.rulebook, newer.rulebook) == ()

    def test_says_from_when_a_new_level_holds_and_which_measure_it_touches(
        self, small: Folder, newer: Folder
    ) -> None:
        newer.write(
            "levels/REPLY.yaml",
            SMALL["levels/REPLY.yaml"] + '  2021-07-05: {target: "99.5", minimum: "96", source: recalled}\n',
        )

        (change,) = diff(small.rulebook, newer.rulebook)

        assert change == Change(
            folder="levels",
            key="REPLY",
            what="changed",
            field="target",
            before="99",
            after="99.5",
            since=dt.date(2021, 7, 5),
            periods="from July 2021",
            measures=("REPLY",),
        )

    def test_ends_where_a_later_value_that_did_not_change_begins(self, small: Folder, newer: Folder) -> None:
        newer.rewrite("parameters/reply_time.yaml", "2020-01-01: {value: 24,", "2020-01-01: {value: 36,")

        (change,) = diff(small.rulebook, newer.rulebook)

        assert told(change) == ("value", "24", "36", "from January 2020 to June 2021")
        assert (change.since, change.until) == (dt.date(2020, 1, 1), dt.date(2021, 7, 1))

    def test_touches_only_the_days_by_which_a_date_was_moved(self, small: Folder, newer: Folder) -> None:
        newer.rewrite("parameters/reply_time.yaml", "2021-07-01", "2021-07-08")

        (change,) = diff(small.rulebook, newer.rulebook)

        assert told(change) == ("value", "12", "24", "in July 2021")
        assert (change.since, change.until) == (dt.date(2021, 7, 1), dt.date(2021, 7, 8))

    def test_says_what_held_where_the_first_value_now_starts_later(
        self, small: Folder, newer: Folder
    ) -> None:
        newer.rewrite("levels/REPLY.yaml", "2020-01-01", "2020-04-01")

        (change,) = diff(small.rulebook, newer.rulebook)

        assert told(change) == (
            "value",
            "source recalled, verified no, target 99, minimum 96",
            "nothing",
            "from January 2020 to March 2020",
        )

    def test_joins_one_change_over_a_date_at_which_nothing_else_changed(
        self, small: Folder, newer: Folder
    ) -> None:
        levels = (
            SMALL["levels/REPLY.yaml"] + '  2021-01-01: {target: "99", minimum: "97", source: recalled}\n'
        )
        small.write("levels/REPLY.yaml", levels)
        newer.write("levels/REPLY.yaml", levels.replace('"99"', '"98"'))

        (change,) = diff(small.rulebook, newer.rulebook)

        assert told(change) == ("target", "99", "98", "from January 2020")

    def test_says_so_where_a_value_written_again_touches_no_period(
        self, small: Folder, newer: Folder
    ) -> None:
        newer.write("levels/REPLY.yaml", SMALL["levels/REPLY.yaml"] + f"  {LEVEL.replace('2020', '2022')}\n")

        (change,) = diff(small.rulebook, newer.rulebook)

        assert (change.field, change.periods) == ("values", "no period")

    def test_names_the_entry_of_a_table_and_the_measures_above_those_that_use_it(
        self, small: Folder, newer: Folder
    ) -> None:
        newer.rewrite("parameters/trt.yaml", "value: 60", "value: 90")

        (change,) = diff(small.rulebook, newer.rulebook)

        assert told(change) == ("entries.write", "60", "90", "from January 2020")
        assert change.measures == ("REPLY", "REPLY-2")

    def test_touches_all_periods_where_nothing_is_dated(self, small: Folder, newer: Folder) -> None:
        newer.rewrite("measures/REPLY-1.yaml", "to: replied_at", "to: asked_at")
        newer.rewrite("measures/REPLY-1.yaml", "where: {kind: [read]}", "where: {kind: [read, write]}")

        changes = diff(small.rulebook, newer.rulebook)

        assert [told(change) for change in changes] == [
            ("to", "replied_at", "asked_at", "all periods"),
            ("where.kind", "read", "read, write", "all periods"),
        ]
        assert {change.measures for change in changes} == {("REPLY", "REPLY-1")}

    def test_touches_what_reads_a_stream_that_changed(self, small: Folder, newer: Folder) -> None:
        newer.rewrite("streams/requests.yaml", "title: Party}", "title: Party, required: no}")

        (change,) = diff(small.rulebook, newer.rulebook)

        assert told(change) == ("columns.party.required", "yes", "no", "all periods")
        assert change.measures == ("REPLY", "REPLY-1", "REPLY-2")

    def test_names_a_file_that_came_and_one_that_went(self, small: Folder, newer: Folder) -> None:
        newer.write("clauses/C8.yaml", "clause: C8\nheading: Records\nsource: S1\n")
        (newer.root / "levels/REPLY.yaml").unlink()

        came, went = diff(small.rulebook, newer.rulebook)

        assert came == Change("clauses", "C8", "added")
        assert went == Change(
            "levels",
            "REPLY",
            "removed",
            since=dt.date(2020, 1, 1),
            periods="from January 2020",
            measures=("REPLY",),
        )

    def test_says_what_is_counted_across_a_new_day_off(self, small: Folder, newer: Folder) -> None:
        newer.rewrite(
            "calendars/weekdays.yaml", "2021-08-30: Late", "2022-06-03: Jubilee\n  2021-08-30: Late"
        )

        (change,) = diff(small.rulebook, newer.rulebook)

        assert told(change) == (
            "days_off.2022-06-03",
            "nothing",
            "Jubilee",
            "what is counted across 3 June 2022",
        )

    def test_touches_no_period_where_a_day_off_is_only_called_otherwise(
        self, small: Folder, newer: Folder
    ) -> None:
        newer.rewrite("calendars/weekdays.yaml", "Late Summer", "August")

        assert [change.periods for change in diff(small.rulebook, newer.rulebook)] == ["no period"]

    def test_touches_measures_of_working_days_where_the_calendar_changed(
        self, small: Folder, newer: Folder
    ) -> None:
        for folder in (small, newer):
            folder.rewrite("parameters/reply_time.yaml", "unit: hour", "unit: working_day")
        newer.rewrite("calendars/weekdays.yaml", "2021-08-30", "2021-08-27")

        changes = diff(small.rulebook, newer.rulebook)

        assert [change.field for change in changes] == ["days_off.2021-08-27", "days_off.2021-08-30"]
        assert {change.measures for change in changes} == {("REPLY", "REPLY-1")}

    @pytest.mark.parametrize(
        ("before", "after", "periods"),
        [
            ("", "until: 2020-12-31\n", "from January 2021"),
            ("until: 2020-12-31\n", "", "from January 2021"),
            ("until: 2020-12-31\n", "until: 2021-03-31\n", "from January 2021 to March 2021"),
        ],
    )
    def test_touches_the_periods_between_two_last_days(
        self, small: Folder, newer: Folder, before: str, after: str, periods: str
    ) -> None:
        report = SMALL["obligations/RPT-MONTH.yaml"]
        small.write("obligations/RPT-MONTH.yaml", report + before)
        newer.write("obligations/RPT-MONTH.yaml", report + after)

        (change,) = diff(small.rulebook, newer.rulebook)

        assert (change.field, change.periods) == ("until", periods)

    def test_touches_the_measures_of_an_obligation_that_is_no_longer_pursued(
        self, small: Folder, newer: Folder
    ) -> None:
        enforcement = (
            "enforcement:\n  2021-01-15: {state: suspended, because: The Panel decided, source: S3}\n"
        )
        newer.write("obligations/OBL-REPLY.yaml", SMALL["obligations/OBL-REPLY.yaml"] + enforcement)

        (change,) = diff(small.rulebook, newer.rulebook)

        assert (change.before, change.periods) == ("nothing", "from January 2021")
        assert change.measures == ("REPLY", "REPLY-1", "REPLY-2")

    def test_touches_every_measure_where_the_time_zone_changed(self, small: Folder, newer: Folder) -> None:
        newer.rewrite("code.yaml", "Europe/London", "Europe/Dublin")
        newer.rewrite("code.yaml", "short: SSC", "short: SC")

        short, zone = diff(small.rulebook, newer.rulebook)

        assert (short.field, short.measures) == ("short", ())
        assert (zone.field, zone.measures) == ("time_zone", ("REPLY", "REPLY-1", "REPLY-2"))

    def test_is_the_same_the_other_way_round(self, small: Folder, newer: Folder) -> None:
        newer.rewrite("parameters/reply_time.yaml", "value: 12", "value: 6")
        newer.rewrite("measures/REPLY.yaml", "title: Replies in time", "title: Replies")

        there, back = diff(small.rulebook, newer.rulebook), diff(newer.rulebook, small.rulebook)

        assert [(one.before, one.after) for one in there] == [(one.after, one.before) for one in back]


class TestProcesses:
    def test_change_by_the_move_and_the_clock(self, small: Folder, newer: Folder) -> None:
        set_going(small)
        set_going(newer)
        newer.rewrite(FILE, "who: [party]", "who: [party, analyst]")
        newer.rewrite(FILE, "count: 10", "count: 5")

        assert [str(change) for change in diff(small.rulebook, newer.rulebook)] == [
            "processes claim: clocks.reply.due.count was 10, is 5 (from January 2020)",
            "processes claim: moves.appeal.who was party, is party, analyst (from January 2020)",
        ]

    def test_change_by_the_track_that_is_the_main_one(self, small: Folder, newer: Folder) -> None:
        set_going(small)
        set_going(newer)
        newer.rewrite(FILE, "main: claim", "main: notice")
        newer.rewrite(FILE, "loud: {title: Loud}", "loud: {title: Loud, ends: yes}")
        newer.rewrite(FILE, "        while: {claim: [asked, decided]}\n", "")

        assert "processes claim: main was claim, is notice (from January 2020)" in [
            str(change) for change in diff(small.rulebook, newer.rulebook)
        ]

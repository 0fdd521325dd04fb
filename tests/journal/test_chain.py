import datetime as dt
from dataclasses import replace

import pytest

from tallystick.journal.chain import Chain, Order, Words, facts_in, order_in
from tallystick.journal.leaf import Leaf, commitment
from tallystick.journal.merkle import EMPTY_ROOT, leaf_hash
from tests.journal.conftest import AT

WORDS = Words(bytes(32), '{"capacity":"","facts":{},"said":"tried"}')
FIRST = Leaf(
    seq=0,
    act="runs.try",
    at=AT,
    is_held=False,
    actor="A",
    code="sec",
    kind="run",
    handle="R",
    classification="white",
    commit=commitment(WORDS.salt, WORDS.text.encode()),
    prev=EMPTY_ROOT,
)
ORDER = Order(2, FIRST.commit.hex(), "ONE", "TWO")


def said(leaf: Leaf, words: Words | None = WORDS, orders: dict[int, Order] | None = None) -> list[str]:
    """Return what is wrong with a first entry."""
    return [flaw.what for flaw in Chain(orders or {}).take(leaf.written, words)[0]]


class TestChain:
    def test_takes_what_was_written(self) -> None:
        chain = Chain({})

        flaws, nodes, leaf = chain.take(FIRST.written, WORDS)

        assert (flaws, leaf, chain.edge.size) == ([], FIRST, 1)
        assert list(nodes.values()) == [leaf_hash(FIRST.written)] == [chain.edge.root]

    @pytest.mark.parametrize(
        ("change", "what"),
        [
            ({"seq": 1}, "It says that it is entry 1."),
            ({"classification": "pink"}, "Its class is none."),
            ({"is_held": True}, "Its time does not follow that of the entry before."),
            ({"prev": bytes(32)}, "The log before it is not the one that it was written after."),
            ({"commit": bytes(32)}, "What it says is not what it said."),
        ],
    )
    def test_finds_what_does_not_fit(self, change: dict[str, object], what: str) -> None:
        assert said(replace(FIRST, **change)) == [what]  # type: ignore[arg-type]  # of the fields' own types

    @pytest.mark.parametrize(("minutes", "is_held"), [(-1, False), (1, True)])
    def test_finds_an_instant_that_does_not_follow(self, minutes: int, *, is_held: bool) -> None:
        chain = Chain({})
        chain.take(FIRST.written, WORDS)
        at = AT + dt.timedelta(minutes=minutes)
        second = replace(FIRST, seq=1, at=at, is_held=is_held, prev=chain.edge.root)

        assert [flaw.seq for flaw in chain.take(second.written, WORDS)[0]] == [1]

    def test_takes_an_instant_that_was_held(self) -> None:
        chain = Chain({})
        chain.take(FIRST.written, WORDS)

        second = replace(FIRST, seq=1, is_held=True, prev=chain.edge.root)

        assert chain.take(second.written, WORDS)[0] == []

    def test_goes_on_after_bytes_that_are_no_leaf(self) -> None:
        chain = Chain({})

        flaws, _, leaf = chain.take(b"{}", WORDS)

        assert (leaf, chain.edge.size) == (None, 1)
        assert [flaw.what for flaw in flaws] == ["These bytes are not a leaf."]

    def test_misses_words_without_an_order(self) -> None:
        assert said(FIRST, None) == ["What it said is missing."]
        assert Chain({}, is_whole=False).take(FIRST.written, None)[0] == []

    def test_lets_words_go_by_order(self) -> None:
        chain = Chain({0: ORDER})

        assert chain.take(FIRST.written, None)[0] == []
        assert chain.gone == [0]

    @pytest.mark.parametrize(
        "change",
        [{"seq": 0}, {"commit": "00" * 32}, {"asked_by": "TWO"}, {"ordered_by": ""}, {"asked_by": ""}],
    )
    def test_believes_no_other_order(self, change: dict[str, object]) -> None:
        order = ORDER._replace(**change)  # type: ignore[arg-type]  # of the fields' own types

        assert said(FIRST, None, {0: order}) == ["What it said is missing."]

    def test_lets_nothing_go_that_the_journal_says_of_itself(self) -> None:
        own = replace(FIRST, act="journal.close_readings")

        assert said(own, None, {0: ORDER}) == ["What the journal says of itself was removed by entry 2."]

    def test_finds_words_that_an_order_had_removed(self) -> None:
        assert said(FIRST, WORDS, {0: ORDER}) == [
            "What it said is still there, though entry 2 had it removed."
        ]


class TestOrderIn:
    def test_is_read_from_what_an_entry_said(self) -> None:
        text = '{"facts":{"asked_by":"ONE","commit":"aa","entry":7}}'

        assert order_in(9, "TWO", text) == (7, Order(9, "aa", "ONE", "TWO"))

    @pytest.mark.parametrize(
        "text",
        ["", "[]", "{}", '{"facts":[]}', '{"facts":{"entry":true,"commit":"aa","asked_by":"ONE"}}'],
    )
    def test_is_none_elsewhere(self, text: str) -> None:
        assert order_in(9, "TWO", text) is None
        assert isinstance(facts_in(text), dict)

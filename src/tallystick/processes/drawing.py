"""A process drawn: a row for each track, its stages in order, and between them the moves with their titles.

Moves onward run above the stages and moves back below; those to the next stage go straight where there is
room. Every place is reckoned here, in pixels, so that no font on the machine moves anything. Colours are the
page's own: strokes and fills are `currentColor` or come by class, and nothing carries a style.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from textwrap import wrap
from typing import Literal

from tallystick.rulebook.processes import CLOCK, Move, ProcessValue, Stage

EDGE, HEAD, TALL, LANE = 28, 34, 46, 30
NEAR = {"above": 24, "below": 16}
LETTER, BOLD, LINE, MARK = 6.1, 7.3, 14, 14
NARROW, LEAST_GAP, PORT, ROUND, TIP = 92, 44, 18, 7, 7
STAGE_LETTERS, MOVE_LETTERS, MOVE_LINES = 14, 15, 2
LEGEND = 40
Side = Literal["above", "below"]
Points = Literal["right", "up", "down"]
SIDES: tuple[Side, Side] = ("above", "below")


@dataclass
class _Wire:
    """One line of a move: from one or several stages, by their place in the row, to one."""

    name: str
    move: Move
    starts: tuple[int, ...]
    end: int
    side: Side
    lane: int = 0
    title: float = 0

    @property
    def label(self) -> float:
        """The width of its title, with the mark of a decision before it; `title` is where that begins."""
        return len(self.move.title) * LETTER + (MARK if self.move.body else 0)


@dataclass
class _Row:
    """A track, laid out: its stages with the left edge and the width of each, and its wires."""

    track: str
    title: str
    stages: list[tuple[str, Stage]]
    begins: str
    straight: dict[int, tuple[str, Move]] = field(default_factory=dict)
    wires: list[_Wire] = field(default_factory=list)
    left: list[float] = field(default_factory=list)
    width: list[float] = field(default_factory=list)
    top: float = 0

    def middle(self, place: int) -> float:
        return self.left[place] + self.width[place] / 2

    def lanes(self, side: Side) -> int:
        return max((wire.lane + 1 for wire in self.wires if wire.side == side), default=0)

    @property
    def box(self) -> float:
        """The upper edge of its stages."""
        return self.top + HEAD + self.lanes("above") * LANE + NEAR["above"]

    @property
    def bottom(self) -> float:
        lanes = self.lanes("below")
        return self.box + TALL + (NEAR["below"] + lanes * LANE if lanes else 12)

    def height(self, wire: _Wire) -> float:
        """Return where the wire runs."""
        away = NEAR[wire.side] + wire.lane * LANE
        return self.box - away if wire.side == "above" else self.box + TALL + away


def svg_of(value: ProcessValue, key: str, title: str, at: Collection[str] = ()) -> str:
    """Return the drawing as SVG; the key sets its names apart from others on a page, `at` marks stages."""
    rows, top = [], 0.0
    for name in value.tracks:
        row = _row(value, name)
        row.top = top
        top = row.bottom + EDGE / 2
        rows.append(row)
    width = max(max(row.left[-1] + row.width[-1], *_ends(row)) for row in rows) + EDGE
    lines = "".join(_lines(row) for row in rows)
    titles = "".join(_titles(row) for row in rows)
    cut = "".join(_cuts(row) for row in rows)
    stages = "".join(_stages(row, at) for row in rows)
    size = f'width="{width:.0f}" height="{top + LEGEND:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ways" viewBox="0 0 {width:.0f} {top + LEGEND:.0f}" '
        f'{size} role="img" aria-labelledby="{key}-title {key}-desc" fill="none" stroke="none">'
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(in_words(value))}</desc>'
        f'<mask id="{key}-cut" maskUnits="userSpaceOnUse" x="0" y="0" {size}>'
        f'<rect {size} fill="#fff"/>{cut}</mask>'
        f'<g class="ways-lines" mask="url(#{key}-cut)" stroke="currentColor" stroke-width="1.3">{lines}</g>'
        f"{stages}{titles}{_legend(top + LEGEND / 2)}</svg>"
    )


def in_words(value: ProcessValue) -> str:
    """Return all that the drawing shows, as sentences."""
    return " ".join(_said(value))


def _said(value: ProcessValue) -> Iterator[str]:
    for track in value.tracks.values():
        yield f"{track.title} begins with {track.stages[track.begins].title}."
        for name, stage in track.stages.items():
            moves = [_led(move, track.stages[move.to]) for _, move in value.moves_from(name)]
            if moves:
                yield f"From {stage.title}: {'; '.join(moves)}."
            else:
                yield f"{stage.title} {'ends it' if stage.ends else 'leads no further'}."


def _led(move: Move, to: Stage) -> str:
    told = [*(["by itself"] if CLOCK in move.who else []), *(["a body decides"] if move.body else [])]
    how = f" ({', '.join(told)})" if told else ""
    return f"{move.title}{how} leads to {to.title}"


def _row(value: ProcessValue, name: str) -> _Row:
    track = value.tracks[name]
    row = _Row(name, track.title, list(track.stages.items()), track.begins)
    places = {stage: place for place, stage in enumerate(track.stages)}
    for key, move in value.moves.items():
        if move.to in places:
            _wire(row, key, move, [places[one] for one in move.from_], places[move.to])
    _spread(row)
    for side in SIDES:
        _sort_into_lanes(row, side)
    for wire in row.wires:
        _place_title(row, wire)
    return row


def _wire(row: _Row, name: str, move: Move, starts: Sequence[int], end: int) -> None:
    """Lay a move straight to the next stage, or above it onward, or below it back."""
    is_next = len(starts) == 1 and starts[0] + 1 == end and CLOCK not in move.who
    has_room = len(wrap(move.title, MOVE_LETTERS)) <= MOVE_LINES
    if is_next and has_room and end not in row.straight:
        row.straight[end] = (name, move)
        return
    onward = tuple(one for one in starts if one < end)
    back = tuple(one for one in starts if one >= end)
    if onward:
        row.wires.append(_Wire(name, move, onward, end, "above"))
    if back:
        row.wires.append(_Wire(name, move, back, end, "below"))


def _spread(row: _Row) -> None:
    """Give each stage the width that its title and wires need, and each gap that of its straight move."""
    ahead: float = EDGE * 2
    for place, (_, stage) in enumerate(row.stages):
        if place:
            words = wrap(row.straight[place][1].title, MOVE_LETTERS) if place in row.straight else []
            over = max((wire.label for wire in row.wires if _places(wire) == {place - 1, place}), default=0.0)
            ahead += max(LEAST_GAP, max(map(len, words), default=0) * LETTER + 26, over - NARROW / 4)
        ports = max(sum(_touches(wire, place) for wire in row.wires if wire.side == side) for side in SIDES)
        letters = max(map(len, wrap(stage.title, STAGE_LETTERS)), default=0)
        row.left.append(ahead)
        row.width.append(max(NARROW, letters * BOLD + 26, (ports + 1) * PORT))
        ahead += row.width[-1]


def _places(wire: _Wire) -> set[int]:
    return {*wire.starts, wire.end}


def _touches(wire: _Wire, place: int) -> int:
    return (place in wire.starts) + (place == wire.end)


def _reach(row: _Row, wire: _Wire) -> tuple[float, float]:
    """Return the stretch that a wire takes up in its lane, its title with it."""
    low, high = _span(row, wire)
    half = wire.label / 2
    return min(low, (low + high) / 2 - half) - 10, max(high, (low + high) / 2 + half) + 10


def _span(row: _Row, wire: _Wire) -> tuple[float, float]:
    touched = [row.middle(place) for place in (*wire.starts, wire.end)]
    if min(touched) == max(touched):
        return min(touched) - PORT, max(touched) + PORT
    return min(touched), max(touched)


def _sort_into_lanes(row: _Row, side: Side) -> None:
    """Put the shortest wires nearest to the stages, and no two that meet into one lane."""
    taken: list[list[tuple[float, float]]] = []
    wires = [wire for wire in row.wires if wire.side == side]
    for wire in sorted(wires, key=lambda one: (_span(row, one)[1] - _span(row, one)[0], one.label)):
        low, high = _reach(row, wire)
        if low < EDGE / 2:  # a title may not leave the picture on the left
            row.left = [one + EDGE / 2 - low for one in row.left]
            _sort_into_lanes(row, side)
            return
        free = [all(high <= one or low >= other for one, other in lane) for lane in taken]
        wire.lane = free.index(True) if True in free else len(taken)
        if wire.lane == len(taken):
            taken.append([])
        taken[wire.lane].append((low, high))


def _ends(row: _Row) -> list[float]:
    return [_reach(row, wire)[1] for wire in row.wires] or [0.0]


def _ports(row: _Row, place: int, side: Side) -> dict[tuple[str, str], float]:
    """Return where each wire leaves or enters a stage, in an order in which they cross least.

    From the left: what goes left with the farthest lane innermost, then those that come back to the same
    stage, one around another, then what goes right.
    """
    found: list[tuple[tuple[int, int], tuple[str, str]]] = []
    for wire in (wire for wire in row.wires if wire.side == side):
        far, is_end = wire.lane, place == wire.end
        if place in wire.starts:
            order = (1, -far) if is_end else (3, -far) if place < wire.end else (0, far)
            found.append((order, (wire.name, "out")))
        if is_end:
            order = (3, -far) if max(wire.starts) > place else (2, far) if place in wire.starts else (0, far)
            found.append((order, (wire.name, "in")))
    step = row.width[place] / (len(found) + 1)
    return {port: row.left[place] + step * (n + 1) for n, (_, port) in enumerate(sorted(found))}


def _place_title(row: _Row, wire: _Wire) -> None:
    """Put a title in the middle of its wire, or aside from there where fewer lines run through it."""
    crossing = [
        x
        for place in range(len(row.stages))
        for (name, _), x in _ports(row, place, wire.side).items()
        if any(one.name == name and one.lane > wire.lane and one.side == wire.side for one in row.wires)
    ]
    low, high = _span(row, wire)
    middle = (low + high - wire.label) / 2
    room = max(0.0, middle - low - ROUND)
    asides = [0.0, *(sign * step for step in range(6, int(room) + 1, 6) for sign in (-1, 1))]
    wire.title = middle + min(
        asides,
        key=lambda aside: sum(middle + aside - 4 < x < middle + aside + wire.label + 4 for x in crossing),
    )


def _lines(row: _Row) -> str:
    half, first = row.box + TALL / 2, row.left[0] - 1
    drawn = []
    if row.stages[0][0] == row.begins:
        drawn.append(_path(f"M{first - 25:.1f} {half}H{first:.1f}") + _tip(first, half, "right"))
    for end in row.straight:
        start, stop = row.left[end - 1] + row.width[end - 1], row.left[end] - 1
        drawn.append(_path(f"M{start:.1f} {half}H{stop:.1f}") + _tip(stop, half, "right"))
    drawn += [_bent(row, wire) for wire in row.wires]
    return "".join(drawn)


def _bent(row: _Row, wire: _Wire) -> str:
    """Draw a wire along its lane: away from the farthest start, along, and in at the end; others join it."""
    edge = row.box if wire.side == "above" else row.box + TALL
    lane, away = row.height(wire), -1 if wire.side == "above" else 1
    stop = _ports(row, wire.end, wire.side)[wire.name, "in"]
    begins = [_ports(row, start, wire.side)[wire.name, "out"] for start in wire.starts]
    drawn = []
    for begin in begins:
        turn = 1 if stop > begin else -1
        bend = min(ROUND, abs(stop - begin) / 2)
        near = f"{lane - away * bend:.1f}"
        drawn.append(f"M{begin:.1f} {edge}V{near}Q{begin:.1f} {lane} {begin + turn * bend:.1f} {lane}")
        if begin == (min(begins) if turn > 0 else max(begins)):
            drawn.append(f"H{stop - turn * bend:.1f}Q{stop:.1f} {lane} {stop:.1f} {near}V{edge + away:.1f}")
    points: Points = "down" if wire.side == "above" else "up"
    return _path("".join(drawn), dashed=CLOCK in wire.move.who) + _tip(stop, edge + away, points)


def _path(along: str, *, dashed: bool = False) -> str:
    return f'<path d="{along}"{DASHED if dashed else ""}/>'


DASHED = ' class="by-itself" stroke-dasharray="5 4"'


def _tip(x: float, y: float, points: Points) -> str:
    half = TIP / 2
    corners = {
        "right": f"M{x:.1f} {y}l-{TIP}-{half}v{TIP}z",
        "down": f"M{x:.1f} {y}l-{half}-{TIP}h{TIP}z",
        "up": f"M{x:.1f} {y}l-{half} {TIP}h{TIP}z",
    }
    return f'<path d="{corners[points]}" fill="currentColor" stroke="none"/>'


def _stages(row: _Row, at: Collection[str]) -> str:
    track = f'<text class="ways-track" x="{EDGE / 2}" y="{row.top + 20}" font-size="14" font-weight="650"'
    drawn = [f'{track} fill="currentColor">{escape(row.title)}</text>']
    for place, (name, stage) in enumerate(row.stages):
        left, width = row.left[place], row.width[place]
        words = wrap(stage.title, STAGE_LETTERS)
        kind = " ".join(["stage", *(["ends"] if stage.ends else []), *(["now"] if name in at else [])])
        thick = "2.6" if name in at else "1.5"
        drawn.append(f'<g class="{kind}"><title>{escape(stage.says or stage.title)}</title>')
        drawn.append(_rounded(left, row.box, width, TALL, thick))
        if stage.ends:
            drawn.append(_rounded(left + 4, row.box + 4, width - 8, TALL - 8, "1"))
        drawn += _centred(words, left + width / 2, row.box + TALL / 2, 'font-size="13" font-weight="600"')
        drawn.append("</g>")
    return "".join(drawn)


def _rounded(x: float, y: float, width: float, height: float, thick: str) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" rx="8" stroke="currentColor" '
        f'stroke-width="{thick}"/>'
    )


def _centred(words: Sequence[str], x: float, y: float, how: str) -> Iterator[str]:
    first = y + 4.5 - (len(words) - 1) * (LINE + 1) / 2
    for number, line in enumerate(words):
        yield (
            f'<text x="{x:.1f}" y="{first + number * (LINE + 1):.1f}" text-anchor="middle" {how} '
            f'fill="currentColor">{escape(line)}</text>'
        )


def _titles(row: _Row) -> str:
    """Write the title of every move: over its line."""
    drawn = []
    for end, (_, move) in row.straight.items():
        words = wrap(move.title, MOVE_LETTERS)
        middle = (row.left[end - 1] + row.width[end - 1] + row.left[end] - TIP) / 2
        for number, line in enumerate(reversed(words)):
            drawn.append(_title(line, middle, row.box + TALL / 2 - 6 - number * LINE))
        if move.body:
            drawn.append(_decision(middle, row.box + TALL / 2 + 12))
    for wire in row.wires:
        y = _line_of_words(row, wire)
        if wire.move.body:
            drawn.append(_decision(wire.title + 5, y - 4))
            drawn.append(_title(wire.move.title, wire.title + MARK, y, "start"))
        else:
            drawn.append(_title(wire.move.title, wire.title + wire.label / 2, y))
    return "".join(drawn)


def _line_of_words(row: _Row, wire: _Wire) -> float:
    """Return how low a wire's title stands: on the far side of its line, where none of its own ends cross."""
    return row.height(wire) + (-6 if wire.side == "above" else 15)


def _title(words: str, x: float, y: float, anchor: Literal["start", "middle"] = "middle") -> str:
    return (
        f'<text class="move" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="12" '
        f'fill="currentColor">{escape(words)}</text>'
    )


def _decision(x: float, y: float) -> str:
    return f'<path class="decides" d="M{x:.1f} {y - 4.5:.1f}l4.5 4.5-4.5 4.5-4.5-4.5z" fill="currentColor"/>'


def _cuts(row: _Row) -> str:
    """Blank the lines where the titles of other moves stand."""
    return "".join(
        f'<rect x="{wire.title - 3:.1f}" y="{_line_of_words(row, wire) - 11.5}" width="{wire.label + 6:.1f}" '
        f'height="15" fill="#000"/>'
        for wire in row.wires
    )


def _legend(y: float) -> str:
    left = EDGE / 2
    ends = left + 386
    return (
        f'<g class="ways-legend" font-size="12" fill="currentColor">'
        f'<path d="M{left} {y - 4}h34" stroke="currentColor" stroke-width="1.3"{DASHED}/>'
        f'<text x="{left + 42}" y="{y}">by itself, when its time has passed</text>'
        f'{_decision(left + 268, y - 4)}<text x="{left + 280}" y="{y}">a body decides</text>'
        f'<g fill="none" stroke="currentColor"><rect x="{ends}" y="{y - 12}" width="26" height="16" rx="4"/>'
        f'<rect x="{ends + 2.5}" y="{y - 9.5}" width="21" height="11" rx="2"/></g>'
        f'<text x="{ends + 34}" y="{y}">it ends here</text></g>'
    )

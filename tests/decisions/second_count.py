"""A second counter of votes, written from docs/voting-format.md alone.

It reads what an entry of the journal says and knows nothing of the product: no import of it stands here.
"""

from typing import Any

Facts = dict[str, Any]


def count_again(opened: Facts, later: list[tuple[str, Facts]]) -> Facts:
    """Return the count of a motion from the facts of its opening and of the acts that followed."""
    scheme = opened["scheme"]
    rows = [dict(seat) for seat in opened["seats"]]
    if scheme["chair"] != "votes":
        rows = [row for row in rows if row["constituency"] != "chair"]
    for row in rows:
        row["ballots"] = [f["choice"] for a, f in later if a == "cast_vote" and f["seat"] == row["seat"]]
        left = any(a == "stand_aside" and f["seat"] == row["seat"] for a, f in later)
        if row["state"] == "filled" and left:
            row["state"] = "aside"
        row["units"] = row["weight"] if scheme["method"] == "weighted" else 1
        row["side"] = None
        if row["state"] == "filled" and row["ballots"]:
            row["side"] = scheme["choices"][row["ballots"][-1 if scheme["changeable"] else 0]]
    return _result(scheme, rows, [f["choice"] for a, f in later if a == "give_casting_vote"])


def _result(scheme: Facts, rows: list[Facts], castings: list[str]) -> Facts:
    states = {"filled"}
    states |= {"vacant"} if scheme["vacancies"] == "in" else set()
    states |= {"aside"} if scheme["aside"] == "in" else set()
    able = [row for row in rows if row["state"] in states]
    voted = [row for row in rows if row["side"]]
    needed = _needed(scheme["quorum"], len(able))
    totals = {side: _units(voted, side) for side in ("for", "against", "abstain")}
    found = {
        "for": totals["for"],
        "against": totals["against"],
        "abstained": totals["abstain"],
        "able": sum(row["units"] for row in able),
        "present": len(voted),
        "needed": needed,
        "aside": sum(row["state"] == "aside" for row in rows),
        "vacant": sum(row["state"] == "vacant" for row in rows),
        "silent": sum(row["state"] == "filled" and row["side"] is None for row in rows),
        "tied": False,
        "casting": None,
        "categories": _categories(rows),
    }
    if len(voted) < needed:
        return {**found, "outcome": "no_quorum"}
    return {**found, **_decision(scheme, found, castings)}


def _units(rows: list[Facts], side: str) -> int:
    return sum(row["units"] for row in rows if row["side"] == side)


def _needed(quorum: Facts | None, able: int) -> int:
    if quorum is None:
        return 0
    number = 0
    while not _reached(number, able, quorum):
        number += 1
    return max(number, int(quorum.get("fewest", 0)))


def _reached(part: int, whole: int, share: Facts) -> bool:
    """Tell whether part of whole reaches a share, by multiplying both sides out."""
    upper, lower = map(int, (share.get("at_least") or share["more_than"]).split("/"))
    if "at_least" in share:
        return part * lower >= upper * whole
    return part * lower > upper * whole


def _categories(rows: list[Facts]) -> list[Facts]:
    names: list[str] = []
    for row in rows:
        if row["constituency"] not in names:
            names.append(row["constituency"])
    found = []
    for name in names:
        own = [row for row in rows if row["constituency"] == name]
        pro, contra = _units(own, "for"), _units(own, "against")
        side = "for" if pro > contra else "against" if contra > pro else "none"
        abstained = _units(own, "abstain")
        one = {"constituency": name, "for": pro, "against": contra, "abstained": abstained, "outcome": side}
        found.append(one)
    return found


def _decision(scheme: Facts, found: Facts, castings: list[str]) -> Facts:
    pro, contra = found["for"], found["against"]
    base = {
        "cast": pro + contra,
        "cast_or_abstained": pro + contra + found["abstained"],
        "able": found["able"],
    }[scheme["base"]]
    if scheme["method"] == "categories":
        sides = [one["outcome"] for one in found["categories"]]
        pro, contra = sides.count("for"), sides.count("against")
        base = pro + contra
    if base > 0 and _reached(pro, base, scheme["needs"]):
        return {"outcome": "carried"}
    upper, _, lower = scheme["needs"].get("more_than", "0/1").partition("/")
    if pro != contra or pro == 0 or 2 * int(upper) != int(lower):
        return {"outcome": "not_carried"}
    if scheme["tie"] == "deferred":
        return {"outcome": "deferred", "tied": True}
    if scheme["tie"] == "casting" and castings:
        side = scheme["choices"][castings[-1 if scheme["changeable"] else 0]]
        outcome = "carried" if side == "for" else "not_carried"
        return {"outcome": outcome, "tied": True, "casting": side}
    return {"outcome": "not_carried", "tied": True}

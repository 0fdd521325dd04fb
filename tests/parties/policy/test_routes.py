"""Every address is in the policy, and the policy names no address that is not there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tallystick.parties.policy.decision import POLICY
from tallystick.parties.policy.routes import ROUTES, Route, load
from tallystick.parties.policy.text import UnableToReadPolicy


def names(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{before}{pattern.name or pattern.lookup_str}"
        else:
            inner = f"{before}{pattern.namespace}:" if pattern.namespace else before
            yield from names(pattern.url_patterns, inner)


class TestRoutes:
    def test_are_the_addresses_of_the_site(self) -> None:
        served = set(names(get_resolver().url_patterns))

        assert sorted(served - set(ROUTES)) == []
        assert sorted(set(ROUTES) - served) == []

    def test_ask_for_rights_that_somebody_has(self) -> None:
        asked = {
            (route.type, act) for route in ROUTES.values() if route.type for act in (route.act, route.post)
        }

        unheld = [
            (kind, act)
            for kind, act in asked
            if not any(POLICY.granted(role, kind, act) for role in POLICY.grants)
        ]

        assert unheld == []


class TestLoad:
    def test_reads_each_way_of_asking(self, tmp_path: Path) -> None:
        file = tmp_path / "routes.yaml"
        file.write_text(
            "a: {public: yes}\nb: {signed_in: yes}\nc: {type: run, act: r}\nd: {type: run, act: r, post: c}\n"
        )

        assert load(file) == {
            "a": Route(is_public=True),
            "b": Route(asks_sign_in=True),
            "c": Route(type="run", act="r", post="r"),
            "d": Route(type="run", act="r", post="c"),
        }
        assert load(file)["d"].act_of(is_safe=False) == "c"

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            ("{public: no}", "routes.a: write public: yes"),
            ("public", "routes.a: write public: yes"),
            ("{type: run}", "routes.a: write public: yes"),
            ("{type: rum, act: r}", "routes.a: 'rum' is not known. Did you mean 'run'?"),
            ("{type: run, act: x}", "routes.a: 'x' is not known."),
            ("{type: run, act: r, get: r}", "routes.a: write public: yes"),
        ],
    )
    def test_refuses_what_it_does_not_know(self, tmp_path: Path, said: str, why: str) -> None:
        file = tmp_path / "routes.yaml"
        file.write_text(f"a: {said}\n")

        with pytest.raises(UnableToReadPolicy) as refusal:
            load(file)

        assert str(refusal.value).startswith(why)

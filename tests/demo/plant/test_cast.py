from collections import Counter

from tallystick.demo.plant import cast
from tallystick.rulebook.rulebook import Rulebook

FEWEST = 5  # of the peers that are told of together


class TestCast:
    def test_fits_the_categories_and_providers_of_the_rulebook(self, sec: Rulebook) -> None:
        assert set(cast.CATEGORIES.values()) == set(sec.code.categories)
        assert set(cast.CSPS) <= set(sec.code.providers)

    def test_has_peers_enough_in_one_category_that_they_may_be_told_of(self) -> None:
        sizes = Counter(cast.CATEGORIES.values())

        # Five others with events, and some more so that one may have too few.
        assert sizes["small_supplier"] > 1 + FEWEST
        assert sizes["large_supplier"] <= FEWEST

    def test_has_a_variant_for_every_area(self) -> None:
        areas = {area for several in cast.AREAS.values() for area in several}

        assert set(cast.REQUIRED) == areas
        assert cast.REQUIRED[cast.CHANGING_AREA] != cast.CHANGED_TO
        assert cast.UNCOVERED_AREA not in areas

    def test_certifies_neither_the_expiring_nor_the_uncertified_for_good(self) -> None:
        certified = {product for several in cast.PRODUCTS.values() for product in several}

        assert not certified & {cast.EXPIRING, cast.UNCERTIFIED}

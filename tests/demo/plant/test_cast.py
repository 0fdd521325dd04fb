from tallystick.demo.plant import cast
from tallystick.rulebook.rulebook import Rulebook


class TestCast:
    def test_fits_the_categories_and_providers_of_the_rulebook(self, sec: Rulebook) -> None:
        assert set(cast.CATEGORIES.values()) == set(sec.code.categories)
        assert set(cast.CSPS) <= set(sec.code.providers)

    def test_has_a_variant_for_every_area(self) -> None:
        areas = {area for several in cast.AREAS.values() for area in several}

        assert set(cast.REQUIRED) == areas
        assert cast.REQUIRED[cast.CHANGING_AREA] != cast.CHANGED_TO
        assert cast.UNCOVERED_AREA not in areas

    def test_certifies_neither_the_expiring_nor_the_uncertified_for_good(self) -> None:
        certified = {product for several in cast.PRODUCTS.values() for product in several}

        assert not certified & {cast.EXPIRING, cast.UNCERTIFIED}

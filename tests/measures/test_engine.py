from tallystick import __version__
from tallystick.measures.engine import engine


class TestEngine:
    def test_names_the_release_and_the_source_that_computed(self) -> None:
        release, _, source = engine().partition("+")

        assert release == __version__
        assert len(source) == 8
        assert int(source, 16) >= 0

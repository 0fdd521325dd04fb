from tallystick.evidence.limits import megabytes


class TestMegabytes:
    def test_are_said_as_a_person_says_them(self) -> None:
        assert [megabytes(size) for size in (999, 2_500_000, 2 * 1024**3)] == [
            "999 bytes",
            "2 MB",
            "2,147 MB",
        ]

from bench import plans


class TestMade:
    def test_is_the_instance_that_figures_are_told_of(self) -> None:
        question = plans.made(plans.SEED)

        assert (len({risk for risk, _ in question.exposure}), len(question.techniques)) == (200, 60)
        assert len({one.segment for one in question.options}) == 12
        assert plans.digest(question)[:12] == "24c7677b00fc"

    def test_is_another_from_another_seed(self) -> None:
        small = [plans.made(seed, risks=6, techniques=5, segments=2) for seed in (1, 1, 2)]

        assert small[0] == small[1] != small[2]

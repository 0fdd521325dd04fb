from tallystick.evidence.labels import Labels


class TestLabels:
    def test_give_new_words_codes_in_sorted_order_after_the_old_ones(self) -> None:
        first = Labels().learning({"party": ["CHLY", "BRVO"]})

        second = first.learning({"party": ["ALFA", "CHLY"], "kind": ["late"]})

        assert first.of("party") == ("BRVO", "CHLY")
        assert second.of("party") == ("BRVO", "CHLY", "ALFA")
        assert second.codes("party") == {"BRVO": 0, "CHLY": 1, "ALFA": 2}
        assert second.of("kind") == ("late",)

    def test_never_forget_a_column_nobody_spoke_of(self) -> None:
        labels = Labels({"party": ("ALFA",)}).learning({"kind": []})

        assert labels.of("party") == ("ALFA",)
        assert labels.of("kind") == ()

    def test_can_be_asked_as_they_were(self) -> None:
        labels = Labels({"party": ("BRVO", "CHLY", "ALFA"), "kind": ("late",)})

        assert labels.up_to({"party": 2}).words == {"party": ("BRVO", "CHLY")}

    def test_know_nothing_of_a_column_they_never_heard(self) -> None:
        assert Labels().of("party") == ()
        assert Labels().codes("party") == {}

"""Whatever is sent, its sender is told what is wrong, in words and in one sentence or two."""

from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.evidence.limits import Limits
from tests.evidence.desk import LOG, REQUESTS, Desk
from tests.evidence.hostile.corpus import Sent, corpus

SMALL = replace(Limits(), csv_bytes=2_500_000, workbook_bytes=2_500_000)
LONGEST = 600


class TestHostileFile:
    @pytest.mark.parametrize("sent", list(corpus()), ids=lambda sent: sent.what)
    def test_is_refused_with_its_reason(self, sent: Sent, tmp_path: Path) -> None:
        desk = Desk(tmp_path)
        what = LOG if ".xes" in sent.name else REQUESTS
        content = sent.make()
        limits = Limits() if b"caf\xe9" in content or len(content) > 5_000_000 else SMALL

        why = desk.refusal(content, what=what, name=sent.name, limits=limits)

        assert why.startswith(sent.told)
        assert len(why) < LONGEST
        assert "Traceback" not in why

    def test_is_one_of_many(self) -> None:
        assert len(list(corpus())) > 70

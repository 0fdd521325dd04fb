import pytest

from tallystick.site.browsers import in_words

MOZILLA = "Mozilla/5.0 "
WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko) "


class TestInWords:
    @pytest.mark.parametrize(
        ("agent", "said"),
        [
            (f"{MOZILLA}(Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"),
            (
                f"{MOZILLA}(Windows NT 10.0) {WEBKIT}Chrome/140.0 Safari/537.36 Edg/140.0",
                "Edge on Windows",
            ),
            (f"{MOZILLA}(X11; Linux x86_64) {WEBKIT}Chrome/140.0 Safari/537.36", "Chrome on Linux"),
            (
                f"{MOZILLA}(iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1",
                "Safari on iPhone",
            ),
            (
                f"{MOZILLA}(Linux; Android 15) {WEBKIT}Chrome/140.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            ("curl/8.5 (Linux)", "An unknown browser on Linux"),
            ("<script>alert(1)</script>", "An unknown browser"),
            ("", "An unknown browser"),
        ],
    )
    def test_says_which_browser_runs_where(self, agent: str, said: str) -> None:
        assert in_words(agent) == said

"""What a home is made of: read anew in a process of its own, as the site would."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ASK = "import sys; from tallystick.site import settings as s; print(eval(sys.argv[1]))"


def told(home: Path, question: str, **more: str) -> str:
    """Return what the settings say in a home, of themselves as `s`."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    answer = subprocess.run(  # noqa: S603 - our own words alone
        [sys.executable, "-c", ASK, question],
        env={**kept, "TALLY_HOME": str(home), "PYTHONPATH": "src", **more},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


class TestSecret:
    def test_is_made_once_for_its_owner_alone(self, tmp_path: Path) -> None:
        first = told(tmp_path, "s.SECRET_KEY")

        assert told(tmp_path, "s.SECRET_KEY") == first
        assert len(first) > 50
        assert (tmp_path / "secret").stat().st_mode & 0o077 == 0


class TestDemo:
    def test_answers_at_this_machine_alone(self, tmp_path: Path) -> None:
        (tmp_path / "demo.json").write_text('{"day": "2021-09-28"}')

        asked = "s.IS_DEMO, s.DEMO_DAY, s.ALLOWED_HOSTS"
        said = told(tmp_path, asked, TALLY_HOSTS="tally.example.org")

        assert said == "(True, '2021-09-28', ['localhost', '127.0.0.1', '[::1]'])"


class TestBehindTls:
    def test_lets_no_cookie_travel_in_the_open(self, tmp_path: Path) -> None:
        asked = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT"

        assert told(tmp_path, asked, TALLY_BEHIND_TLS="yes") == "(True, True, '__Host-tally', True)"


class TestMail:
    def test_leaves_by_the_server_that_is_named(self, tmp_path: Path) -> None:
        asked = (
            "s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_HOST_USER, s.EMAIL_USE_TLS"
        )

        said = told(tmp_path, asked, EMAIL_URL="smtp+tls://tally:of-the-tests@mail.example.org:587")

        assert said == "('smtp', 'mail.example.org', 587, 'tally', True)"

    def test_goes_to_the_log_where_none_is(self, tmp_path: Path) -> None:
        assert told(tmp_path, "s.EMAIL_BACKEND.split('.')[-2], s.EMAIL_TIMEOUT") == "('console', 10)"


class TestLeakedPasswords:
    def test_are_looked_up_in_the_file_that_is_there_or_named(self, tmp_path: Path) -> None:
        none = told(tmp_path, "s.LEAKED_PASSWORDS")
        (tmp_path / "leaked-passwords.txt").write_text("x\n")
        beside = told(tmp_path, "s.LEAKED_PASSWORDS.name")
        named = told(tmp_path, "s.LEAKED_PASSWORDS.name", TALLY_LEAKED_PASSWORDS="other.txt")

        assert [none, beside, named] == ["None", "leaked-passwords.txt", "other.txt"]


class TestSite:
    @pytest.mark.parametrize("app", ["django.contrib.admin", "django.contrib.admindocs"])
    def test_has_no_back_door(self, app: str) -> None:
        assert app not in settings.INSTALLED_APPS
        assert settings.DEBUG is False

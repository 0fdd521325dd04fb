"""The pages of sign-in and account in a browser, under the content policy that they are sent with."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.parties.operations.people import invite
from tallystick.site import invitation_mail
from tests.site import people
from tests.site.browser import CHROMIUM, faults, opened, sign_in, violations
from tests.site.entering import PASSWORD, code_now, enrol, now, today

PUBLIC = ["login/", "password/reset/", "password/reset/done/", "password/reset/key/1-x/", "inactive/"]
OWN = [
    "",
    "logout/",
    "password/change/",
    "2fa/",
    "2fa/passkeys/",
    "2fa/passkeys/add/",
    "sessions/",
    "2fa/recovery-codes/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/generate/",
    "reauthenticate/",
    "2fa/reauthenticate/",
]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.enable_socket,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
]


@pytest.fixture
def iris() -> Person:
    iris = people.person("Iris Vale")
    people.role(iris, Role.ADMINISTRATOR)
    people.role(iris, Role.PARTY_DELEGATE, people.organisation())
    return iris


class TestPages:
    def test_for_everybody_can_be_used_by_all(self, chromium: Browser, live_server: Any) -> None:
        page, complaints = opened(chromium)
        for address in PUBLIC:
            page.goto(f"{live_server.url}/account/{address}")

            assert faults(page) == [], address
        assert complaints == []

    def test_of_ones_own_can_be_used_by_all(self, chromium: Browser, live_server: Any, iris: Person) -> None:
        page, complaints = opened(chromium)
        sign_in(page, live_server.url, iris, enrol(iris))
        people_of = [f"/sec/people/{end}" for end in ("", "invite/", f"{iris.handle}/")]
        for address in [*(f"/account/{end}" for end in OWN), *people_of]:
            page.goto(f"{live_server.url}{address}")

            assert faults(page) == [], address
        assert complaints == []

    @pytest.mark.usefixtures("iris")
    def test_that_say_what_is_wrong_can_be_used_by_all(self, chromium: Browser, live_server: Any) -> None:
        page, _ = opened(chromium)
        page.goto(f"{live_server.url}/account/login/")
        page.get_by_label("E-mail address").fill("iris@example.org")
        page.get_by_label("Password").fill("wrong")
        page.get_by_role("button", name="Sign in", exact=True).click()

        page.get_by_role("alert").wait_for()
        assert faults(page) == []


class TestAnInvitation:
    def test_is_answered_and_leads_to_signing_in(self, chromium: Browser, live_server: Any) -> None:
        by = Acting("sec", today())
        ada, token = invite(email="ada@example.org", name="Ada Quill", by=by, at=now())
        page, complaints = opened(chromium)
        link = invitation_mail.address(ada, token, live_server.url)
        page.goto(link)
        assert faults(page) == []
        page.get_by_label("New password").fill("short")
        page.get_by_role("button", name="Set it").click()
        page.get_by_text("too short").wait_for()
        assert faults(page) == []

        page.get_by_label("New password").fill(PASSWORD)
        page.get_by_label("The same again").fill(PASSWORD)
        page.get_by_role("button", name="Set it").click()

        page.get_by_text("Your password is set.").wait_for()
        page.goto(link)
        page.get_by_role("heading", name="This link no longer works").wait_for()
        assert faults(page) == []
        assert [said for said in complaints if "404" not in said] == []


class TestSettingUpCodes:
    def test_is_the_way_on_for_who_has_no_second_factor(
        self, chromium: Browser, live_server: Any, iris: Person
    ) -> None:
        page, complaints = opened(chromium)
        page.goto(f"{live_server.url}/account/login/")
        page.get_by_label("E-mail address").fill(iris.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("heading", name="Add a second factor to go on").wait_for()
        assert violations(page) == []

        page.get_by_role("link", name="Use an authenticator app").click()
        page.locator(".square img").wait_for()
        assert page.evaluate("document.querySelector('.square img').naturalWidth") > 0
        assert violations(page) == []
        page.get_by_role("textbox", name="Authenticator code").fill(
            code_now(page.locator("code.key").inner_text())
        )
        page.get_by_role("button", name="Set up").click()

        page.get_by_role("heading", name="Recovery codes").wait_for()
        assert violations(page) == []
        page.get_by_role("link", name="Go on").click()
        page.wait_for_url("**/sec/")
        assert complaints == []


class TestAPasskey:
    def test_is_added_and_then_opens_the_site_alone(
        self, chromium: Browser, live_server: Any, iris: Person
    ) -> None:
        page, complaints = opened(chromium)
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
        sign_in(page, live_server.url, iris, enrol(iris))
        page.goto(f"{live_server.url}/account/2fa/passkeys/add/")
        if page.get_by_role("heading", name="Confirm that it is you").is_visible():
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Go on").click()
        page.get_by_label("Passwordless").check()
        page.get_by_role("button", name="Add it").click()
        page.get_by_text("The passkey is added.").wait_for()
        assert page.locator("ul.codes li").count() == 10
        page.goto(f"{live_server.url}/account/")
        page.get_by_role("banner").get_by_role("button", name="Sign out").click()

        page.goto(f"{live_server.url}/account/sessions/")
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_role("heading", name="Your sessions").wait_for()

        page.goto(f"{live_server.url}/account/")
        assert page.get_by_role("heading", name="Iris Vale").is_visible()
        assert complaints == []

    def test_that_is_not_there_is_said_in_the_page(self, chromium: Browser, live_server: Any) -> None:
        page, complaints = opened(chromium)
        devices = page.context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        devices.send(
            "WebAuthn.addVirtualAuthenticator", {"options": {**KEY, "automaticPresenceSimulation": False}}
        )
        page.goto(f"{live_server.url}/account/login/")
        page.evaluate(
            "void (navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')))"
        )

        page.get_by_role("button", name="Use a passkey").click()

        page.get_by_text("No passkey was chosen").wait_for()
        assert complaints == []


class TestTheCapacity:
    def test_is_changed_by_keyboard_alone(self, chromium: Browser, live_server: Any, iris: Person) -> None:
        page, _ = opened(chromium)
        sign_in(page, live_server.url, iris, enrol(iris))
        page.goto(f"{live_server.url}/account/")
        page.get_by_role("link", name="Act in this").focus()
        page.keyboard.press("Enter")
        page.get_by_label("Password").focus()
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Act in this role").wait_for()
        assert violations(page) == []
        page.get_by_role("button", name="Act in this role").focus()
        page.keyboard.press("Enter")

        page.wait_for_url("**/sec/")
        page.goto(f"{live_server.url}/account/")
        assert page.get_by_text("Acting as Party delegate, ALFA").is_visible()

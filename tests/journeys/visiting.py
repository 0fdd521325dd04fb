"""Somebody at a browser: goes from page to page, and looks at each for what others could not use."""

from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from tallystick.parties.models import Person
from tests.site.browser import faults, opened, sign_in
from tests.site.entering import PASSWORD, enrol, enter


@dataclass
class Visitor:
    """A person in a window of their own; `site` is where the site is."""

    page: Page
    site: str
    complaints: list[str]
    looked_at: set[str] = field(default_factory=set)

    @classmethod
    def new(cls, chromium: Browser, site: str) -> "Visitor":
        page, complaints = opened(chromium)
        page.set_default_timeout(15_000)
        return cls(page, site, complaints)

    def signs_in(self, person: Person) -> None:
        """Sign in by password and one-time code, as the person would."""
        person.set_password(PASSWORD)
        person.save()
        sign_in(self.page, self.site, person, enrol(person))

    def is_let_in(self, person: Person) -> None:
        """Come signed in already, where the way in is not what is looked at."""
        client = Client()
        enter(client, person)
        self.page.context.clear_cookies()
        name = settings.SESSION_COOKIE_NAME
        self.page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": self.site}])

    def goes_to(self, address: str) -> int:
        """Open an address; return what the site answered."""
        answer = self.page.goto(f"{self.site}{address}")
        assert answer is not None
        return answer.status

    def follows(self, name: str) -> None:
        """Follow a link by keyboard."""
        self.page.get_by_role("link", name=name).first.focus()
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def presses(self, name: str) -> None:
        """Press a button by keyboard."""
        self.page.get_by_role("button", name=name, exact=True).focus()
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def fills(self, label: str, words: str) -> None:
        field_of = self.page.get_by_role("main").get_by_label(label, exact=True)
        field_of.focus()
        field_of.fill(words)

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def text(self) -> str:
        return self.page.get_by_role("main").inner_text()

    def looks(self, name: str) -> None:
        """Look at a page once in light, in dark and on a small screen."""
        if name not in self.looked_at:
            self.looked_at.add(name)
            found = faults(self.page)
            assert not found, f"{name}: {found}"
            self.page.set_viewport_size({"width": 1440, "height": 900})
            self.page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'light')")

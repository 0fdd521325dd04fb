"""What tests of the landing's doors ask for: a landed month."""

from tests.site.landed import landed

__all__ = ["landed"]

"""Amounts as a plan writes them."""

from decimal import Decimal, InvalidOperation

from tallystick.assessments.planning.terms import PENCE

THOUSAND = 1_000 * PENCE
MOST = 1_000_000 * THOUSAND


def thousands(pence: int) -> str:
    """Return pence as £67.5k; what is no whole number of hundreds stands in pounds."""
    if pence == 0 or pence % (THOUSAND // 10):
        return f"£{Decimal(pence) / PENCE:,.2f}".removesuffix(".00")
    return f"£{Decimal(pence) / THOUSAND:,.1f}".removesuffix(".0") + "k"


def plain(pence: int) -> str:
    """Return pence in thousands of pounds, as an address has them: 67.5."""
    return f"{(Decimal(pence) / THOUSAND).normalize():f}"


def read(told: str) -> int | None:
    """Return thousands of pounds in pence; nothing where they are no amount."""
    try:
        amount = Decimal(told)
    except InvalidOperation:
        return None
    if not amount.is_finite() or not 0 <= amount * THOUSAND <= MOST:
        return None
    return int(amount * THOUSAND)

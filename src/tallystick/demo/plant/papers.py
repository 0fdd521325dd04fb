"""Certificates, documents, forecasts, figures that reports state, and the exceptions list."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from tallystick.demo.plant import limits
from tallystick.demo.plant.book import HUNDRED_PERCENT, Duty
from tallystick.demo.plant.cast import USERS
from tallystick.demo.plant.chance import delays, moments, share_of
from tallystick.demo.plant.clock import instant, month_of
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.post import Parcel
from tallystick.demo.plant.rows import CertificateRequest, Forecast, ReportedFigure, RepositoryRequest
from tallystick.demo.plant.rules import judge_stream, judge_variance
from tallystick.demo.plant.scales import FOCUS, MONTHS, Cut

LATE_SENT = instant(dt.date(2021, 8, 17), 10)  # the certificates of July come five days after the rest
FORECASTS_SENT = instant(dt.date(2020, 6, 21), 12)
EXCEPTIONS_SENT = instant(dt.date(2021, 8, 11), 12)
CERTIFICATES_LATE = {FOCUS: 0.02}
DOCUMENTS_LATE = {"2021-03": 0.05}
CALM = 0.005
FORECAST_SERVICES = ("4.1.1", "7.4")
# Actual in hundredths of the forecast: inside the band until forecasts were no longer pursued.
INSIDE = (95, 100, 105, 98, 102)
OUTSIDE = (85, 100, 118, 60, 102)
UNPURSUED_FROM = "2021-01"
REPORT = "RPT-PMR"
# Numerator and denominator of each month, or those of one month that differs.
REPORTED = {
    "S1SP-DXC-PM1.1": ("S1SP-DXC", limits.SERVICE_LEVEL, (9_950, 10_000)),
    "CSPN-PM6.3": ("CSPN", None, (481, 500)),
    "CSPN-PM7.1": ("CSPN", None, (95, 100)),
    "CSPN-PM7.4": ("CSPN", None, (88, 100)),
    "SIE-PM1.2": ("SIE", None, (970, 1_000)),
    "CAP-PM4.1": ("CAP", None, (45, 50)),
}
BELOW = ("S1SP-DXC-PM1.1", "2021-05", (9_820, 10_000))


def plant_papers(plan: Plan, requests: Counter[tuple[str, str]]) -> None:
    """Send the rest of the year's streams."""
    certificates: Counter[tuple[str, str]] = Counter()
    for cut in plan.scale.cuts:
        certificates.update(_certificates(plan, cut))
        _documents(plan, cut)
    forecasts = [
        *_forecasts(requests, FORECAST_SERVICES),
        *_forecasts(certificates, ("CSR",)),
    ]
    plan.post.send(Parcel("forecasts", "all", FORECASTS_SENT, forecasts))
    judge_variance("SR-VARIANCE", requests, forecasts, plan.book)
    judge_variance("CSR-VARIANCE", certificates, forecasts, plan.book)
    _reported(plan)
    plan.post.send(Parcel("exceptions", "all", EXCEPTIONS_SENT, plan.book.exceptions))


def _certificates(plan: Plan, cut: Cut) -> Counter[tuple[str, str]]:
    rows: list[CertificateRequest] = []
    for month in cut.months:
        rng = plan.chance("certificates", month)
        starts = moments(rng, plan.scale.days(month), plan.scale.certificates)
        late = share_of(rng, len(starts), CERTIFICATES_LATE.get(month, CALM))
        for n, (start, took) in enumerate(
            zip(starts, delays(rng, len(starts), late, limits.CERTIFICATE), strict=True)
        ):
            issued = None if took is None else start + took
            rows.append(CertificateRequest(f"CSR-{month}-{n:06}", rng.choice(USERS), start, issued))
    judge_stream("certificate_requests", rows, plan.book)
    sent = LATE_SENT if cut.months[-1] == FOCUS else cut.received_at
    plan.post.send(Parcel("certificate_requests", cut.name, sent, rows, cut.period))
    return Counter((row.party, month_of(row.requested_at)) for row in rows)


def _documents(plan: Plan, cut: Cut) -> None:
    rows: list[RepositoryRequest] = []
    for month in cut.months:
        rng = plan.chance("documents", month)
        starts = moments(rng, plan.scale.days(month), plan.scale.documents)
        late = share_of(rng, len(starts), DOCUMENTS_LATE.get(month, CALM))
        for n, (start, took) in enumerate(
            zip(starts, delays(rng, len(starts), late, limits.REPOSITORY), strict=True)
        ):
            rows.append(
                RepositoryRequest(f"DOC-{month}-{n:06}", start, None if took is None else start + took)
            )
    judge_stream("repository_requests", rows, plan.book)
    plan.post.send(Parcel("repository_requests", cut.name, cut.received_at, rows, cut.period))


def _forecasts(sent: Counter[tuple[str, str]], services: Sequence[str]) -> list[Forecast]:
    """Return what each party forecast: near what it sent while that was pursued, further off since."""
    rows = []
    for place, party in enumerate(USERS):
        for number, month in enumerate(MONTHS):
            shares = OUTSIDE if month >= UNPURSUED_FROM else INSIDE
            actual = sent[party, month]
            forecast = actual * 100 // shares[(place + number) % len(shares)]
            if month < UNPURSUED_FROM and not _inside_band(actual, forecast):
                forecast = actual  # a few requests more or less are a large share of a small number
            # The last service takes what does not divide.
            amounts = [forecast // len(services)] * len(services)
            amounts[-1] += forecast - sum(amounts)
            day = dt.date.fromisoformat(f"{month}-01")
            rows += [
                Forecast(party, service, day, amount)
                for service, amount in zip(services, amounts, strict=True)
            ]
    return rows


def _inside_band(actual: int, forecast: int) -> bool:
    low, high = limits.BAND
    return low * forecast < actual * HUNDRED_PERCENT < high * forecast


def _reported(plan: Plan) -> None:
    rows = []
    for measure, (who, level, usual) in REPORTED.items():
        duty = Duty(measure, who, level, reportable=level is not None)
        plan.book.open_account([duty])
        for month in MONTHS:
            below = (measure, month) == BELOW[:2]
            part, whole = BELOW[2] if below else usual
            plan.book.measure_out(duty, month, part, whole)
            commentary = "A line card failed and was replaced." if below else None
            nothing = (None, None, None, None)
            rows.append(
                ReportedFigure(REPORT, measure, who, None, month, part, whole, *nothing, None, commentary)
            )
    for cut in plan.scale.cuts:
        own = [row for row in rows if row.period in cut.months]
        period = plan.scale.register_period(cut)
        plan.post.send(Parcel("reported", cut.name, cut.received_at, own, period))

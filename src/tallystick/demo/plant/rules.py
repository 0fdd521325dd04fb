"""Every measure of the year, said a second time: which rows it is about, and when a row fails."""

from collections.abc import Iterable, Sequence
from typing import Any

from tallystick.demo.plant import limits
from tallystick.demo.plant.book import CODE_OWNER, Book, Duty, area, code, provider
from tallystick.demo.plant.cast import CSPS, REGION_OF
from tallystick.demo.plant.clock import ONE_DAY, civil_day, month_after, month_of, working_days_after
from tallystick.demo.plant.judges import (
    Elapsed,
    Follow,
    by_day,
    crossed,
    judge_elapsed,
    judge_follows,
    minutes_within,
    month_span,
    united,
    without,
)
from tallystick.demo.plant.rows import (
    CertifiedProduct,
    Coverage,
    Device,
    DeviceEvent,
    Forecast,
    HubDelivery,
    HubInstall,
    HubReturn,
    Incident,
    Outage,
    Row,
)

ATTEMPTED = ("install_success", "no_sm_wan", "faulty")
INSTALLED = ("install_success", "no_sm_wan")
METERS = ("esme", "gsme")
FAR = 1 << 62

QUARTER = 3


def _is(**wanted: Any) -> Any:
    """Return a test that a row has these cells (or one of them, where several are given)."""
    pairs = [(name, value if isinstance(value, tuple) else (value,)) for name, value in wanted.items()]
    return lambda row: all(getattr(row, name) in values for name, values in pairs)


def _fixed(limit: int) -> Any:
    return lambda _: limit


def _response(row: Any) -> int | None:
    return limits.TARGET_RESPONSE.get((row.srv, row.mode))


def _resolution(row: Any) -> int | None:
    return limits.RESOLUTION[row.category]


def _requests() -> list[Elapsed]:
    on_demand, future, scheduled = (_is(mode=mode) for mode in ("on_demand", "future_dated", "scheduled"))
    return [
        Elapsed(
            provider("DSP-PM1.1", "DSP", "CPM1"),
            "received_at",
            "received_at",
            "forwarded_at",
            _fixed(limits.DSP_REQUEST),
            _is(),
        ),
        Elapsed(
            provider("DSP-PM1.4", "DSP", "CPM1"),
            "received_at",
            "received_at",
            "delivered_at",
            _response,
            on_demand,
        ),
        Elapsed(
            provider("DSP-PM1.2", "DSP", "CPM2"),
            "execute_at",
            "execute_at",
            "delivered_at",
            _response,
            future,
        ),
        Elapsed(
            provider("DSP-PM1.3", "DSP", "CPM2"),
            "execute_at",
            "execute_at",
            "delivered_at",
            _response,
            scheduled,
        ),
    ]


def _alert(duty: Duty, limit: int, counts: Any) -> Elapsed:
    return Elapsed(duty, "raised_at", "raised_at", "delivered_at", _fixed(limit), counts)


def _alerts() -> list[Elapsed]:
    ordinary = ("device", "dcc")
    rules = [
        _alert(provider(f"{who}-ALERTS", who, "CPM3"), limits.ALERT, _is(provider=who, kind=ordinary))
        for who in ("DSP", *CSPS)
    ]
    outage = _is(provider="CSPN", kind="power_outage")
    few = _alert(
        provider("CSPN-PM12.1", "CSPN"),
        limits.OUTAGE_ALERT,
        lambda row: outage(row) and row.hubs <= limits.FEW_HUBS,
    )
    many = _alert(
        provider("CSPN-PM12.2", "CSPN"),
        limits.OUTAGE_ALERT,
        lambda row: outage(row) and row.hubs > limits.FEW_HUBS,
    )
    return [*rules, few, many]


def _carriers(who: str) -> dict[str, list[Elapsed]]:
    trips = [("PM4.1", "RTT2", "CPM2"), ("PM4.2", "RTT3", "CPM2"), ("PM4.3", "RTT4", "CPM1")]
    return {
        "firmware_payloads": [
            Elapsed(
                provider(f"{who}-PM2", who, "CPM1"),
                "requested_at",
                "requested_at",
                "completed_at",
                _fixed(limits.FIRMWARE),
                _is(provider=who, category="1"),
            )
        ],
        "han_commands": [
            Elapsed(
                provider(f"{who}-PM3.1", who, "CPM2"),
                "received_at",
                "received_at",
                "delivered_at",
                _fixed(limits.HAN),
                _is(provider=who, category="2"),
            )
        ],
        "round_trips": [
            Elapsed(
                provider(f"{who}-{number}", who, into),
                "sent_at",
                "sent_at",
                "returned_at",
                _fixed(limits.ROUND_TRIP[kind]),
                _is(provider=who, kind=kind),
            )
            for number, kind, into in trips
        ],
    }


def _incidents() -> list[Elapsed]:
    def rule(duty: Duty, end: str, limit: Any, counts: Any) -> Elapsed:
        own = None if duty.subject else lambda row: row.responsible
        return Elapsed(duty, "raised_at", "raised_at", end, limit, counts, own)

    severe, lesser = (_is(category=each, responsible=CODE_OWNER) for each in (("1", "2"), ("3", "4", "5")))
    return [
        rule(code("CPM4"), "resolved_at", _resolution, severe),
        rule(code("CPM5"), "resolved_at", _resolution, lesser),
        rule(
            area("AREA-H1", grain="responsible"),
            "responded_at",
            lambda row: limits.RESPONSE[row.category],
            _is(),
        ),
        rule(area("AREA-H2", grain="responsible"), "resolved_at", _resolution, _is()),
    ]


def _simple(duty: Duty, start: str, end: str, limit: int) -> list[Elapsed]:
    return [Elapsed(duty, start, start, end, _fixed(limit), _is())]


def elapsed_rules() -> dict[str, list[Elapsed]]:
    """Return every rule of elapsed time, by stream."""
    rules: dict[str, list[Elapsed]] = {
        "service_requests": _requests(),
        "alerts": _alerts(),
        "incidents": _incidents(),
        "anomalies": _simple(
            provider("DSP-PM11", "DSP"), "detected_at", "notified_at", limits.ANOMALY_NOTICE
        ),
        "certificate_requests": _simple(code("CPM7"), "requested_at", "issued_at", limits.CERTIFICATE),
        "repository_requests": _simple(code("CPM8"), "requested_at", "delivered_at", limits.REPOSITORY),
    }
    for who in CSPS:
        for stream, several in _carriers(who).items():
            rules.setdefault(stream, []).extend(several)
    return rules


def judge_stream(stream: str, rows: Sequence[Row], book: Book) -> None:
    """Judge every rule of elapsed time that a stream feeds."""
    for rule in elapsed_rules()[stream]:
        book.open_account([rule.duty])
        judge_elapsed(rule, rows, book)


def judge_remote(incidents: Iterable[Incident], book: Book) -> None:
    """CH2.1: Incidents of hubs resolved without a visit, in the month they were resolved."""
    duties = {who: provider(f"{who}-CH2.1", who) for who in CSPS}
    book.open_account(list(duties.values()))
    for row in incidents:
        if row.provider in duties and row.device_kind == "hub" and row.resolved_at is not None:
            duty = duties[row.provider]
            verdict = "met" if row.resolution == "remote" else "failed"
            book.settle(duty, month_of(row.resolved_at), row, row.provider, verdict)  # type: ignore[arg-type]


def judge_outages(outages: Sequence[Outage], book: Book) -> None:
    """CPM6 and DSP 2.1: minutes of the month less those that nobody agreed."""
    for duty, service in ((code("CPM6"), "SSI"), (provider("DSP-PM2.1", "DSP"), "DSP")):
        book.open_account([duty])
        own = [row for row in outages if row.service == service]
        agreed = united(
            (row.from_at, row.to_at or FAR) for row in own if row.planned == "yes" and row.agreed_by
        )
        down = without(united((row.from_at, row.to_at or FAR) for row in own), agreed)
        for month in book.periods:
            span = month_span(month)
            whole = minutes_within([span], span)
            book.measure_out(duty, month, whole - minutes_within(down, span), whole)


def judge_installs(installs: Sequence[HubInstall], register: Sequence[Coverage], book: Book) -> None:
    """Area (b), coverage, first-time connection, connection within 90 days, hubs that were not faulty."""
    wan = {who: provider(f"{who}-PM1.1", who) for who in ("CSPC", "CSPS")}
    later = {who: provider(f"{who}-PM1.2", who) for who in ("CSPC", "CSPS")}
    sound = {who: provider(f"{who}-CH1.3", who) for who in CSPS}
    variant, coverage = area("AREA-B"), provider("CSPN-COV", "CSPN")
    book.open_account([variant, coverage, *wan.values(), *later.values(), *sound.values()])
    for row in installs:
        who, day = next(who for who in CSPS if REGION_OF[who] == row.region), civil_day(row.installed_at)
        month = f"{day:%Y-%m}"
        if row.outcome in ATTEMPTED:
            asked = [each.required_variant for each in register if each.area == row.area and _runs(each, day)]
            right = row.variant in asked
            book.settle(variant, month, row, row.party, ("met" if right else "failed") if asked else "held")
            book.settle(sound[who], month, row, who, "failed" if row.outcome == "faulty" else "met")
            if who == "CSPN":
                book.settle(coverage, month, row, who, "met" if asked else "failed")
        if row.outcome in INSTALLED and who in wan:
            at_once = row.outcome == "install_success"
            book.settle(wan[who], month, row, who, "met" if at_once else "failed")
            _settle_connection(later[who], row, book)


def _runs(entry: Coverage | CertifiedProduct, day: Any) -> bool:
    return entry.from_on <= day and (entry.until_on is None or day < entry.until_on)


def _settle_connection(duty: Duty, row: HubInstall, book: Book) -> None:
    """Count an install in the three months of the quarter after its own."""
    installed = civil_day(row.installed_at)
    connected = None if row.connected_at is None else civil_day(row.connected_at)
    verdict = by_day(installed + limits.CONNECT_DAYS * ONE_DAY, connected, book.known_on)
    number = int(f"{installed:%m}") - 1
    first = month_after(f"{installed:%Y-%m}", QUARTER - number % QUARTER)
    for months in range(QUARTER):
        book.settle(duty, month_after(first, months), row, duty.subject or "", verdict)


def judge_devices(events: Sequence[DeviceEvent], installs: Sequence[HubInstall], book: Book) -> None:
    """Areas (c), (d), (e) and (f): every trigger is followed by what it asks for."""

    def at(row: Any) -> int:
        return int(row.at)

    def device(row: Any) -> str:
        return str(row.device_id)

    def answers(activity: str) -> list[tuple[str, int]]:
        return [(row.device_id, row.at) for row in events if row.activity == activity]

    reported = [(row.hub_id, row.installed_at) for row in installs if row.outcome in INSTALLED]
    meters = [row for row in events if row.activity == "commissioned" and row.device_kind in METERS]
    hubs = [row for row in events if row.activity == "installed" and row.device_kind == "hub"]
    removed = [row for row in events if row.activity == "removed"]
    moved = [row for row in events if row.activity == "tenancy_changed"]
    status, restrict, decommission = (
        lambda day, count=count: working_days_after(day, count)
        for count in (
            limits.INSTALL_STATUS_WORKING_DAYS,
            limits.RESTRICT_WORKING_DAYS,
            limits.DECOMMISSION_WORKING_DAYS,
        )
    )
    for measure, last, triggers, done in (
        ("AREA-C", status, hubs, reported),
        ("AREA-D1", _after(limits.CERTIFICATES_DAYS), meters, answers("certificates_recycled")),
        ("AREA-D2", _after(limits.NETWORK_CERTIFICATE_DAYS), meters, answers("dno_certificate_applied")),
        ("AREA-E2", decommission, removed, answers("decommissioned")),
        ("AREA-F", restrict, moved, answers("access_restricted")),
    ):
        duty = area(measure)
        book.open_account([duty])
        judge_follows(Follow(duty, last, device, at), triggers, done, book)


def _after(count: int) -> Any:
    return lambda day: day + count * ONE_DAY


def judge_returns(rows: Sequence[HubReturn], book: Book) -> None:
    """Area (g): a removed hub comes back."""
    duty = area("AREA-G")
    book.open_account([duty])
    removed = [row for row in rows if row.activity == "removed"]
    returned = [(row.hub_id, row.at) for row in rows if row.activity == "returned"]
    rule = Follow(duty, _after(limits.RETURN_DAYS), lambda row: row.hub_id, lambda row: row.at)
    judge_follows(rule, removed, returned, book)


def judge_inventory(rows: Sequence[Device], products: Sequence[CertifiedProduct], book: Book) -> None:
    """Areas (a) and (e): certified products only; one meter of a kind at a supply point at a time."""
    listed, crossing = area("AREA-A", zero=True), area("AREA-E1", zero=True)
    book.open_account([listed, crossing])
    for row in rows:
        day = civil_day(row.from_at)
        entries = [one for one in products if (one.model, one.firmware) == (row.model, row.firmware)]
        right = any(_runs(one, day) for one in entries)
        book.settle(listed, month_of(row.from_at), row, row.party, "met" if right else "failed")
    meters = [row for row in rows if row.device_kind in METERS and row.mpxn]
    spans = [
        (row, f"{row.mpxn}/{row.device_kind}", row.device_id, (row.from_at, row.until_at or FAR))
        for row in meters
    ]
    failing = crossed(spans)
    for position, row in enumerate(meters):
        verdict = "failed" if position in failing else "met"
        book.settle(crossing, month_of(row.from_at), row, row.party, verdict)  # type: ignore[arg-type]


def judge_deliveries(rows: Sequence[HubDelivery], book: Book) -> None:
    """CH1.1 by quantity, in the month of delivery; on time by order, in the month it is due."""
    accepted = {REGION_OF[who]: provider(f"{who}-CH1.1", who) for who in CSPS}
    on_time, north = Duty("HUB-ON-TIME", CODE_OWNER), provider("CSPN-HUB-ON-TIME", "CSPN")
    book.open_account([*accepted.values(), on_time, north])
    for row in rows:
        verdict = by_day(row.due_on, row.delivered_on, book.known_on)
        book.settle(on_time, f"{row.due_on:%Y-%m}", row, CODE_OWNER, verdict)
        if row.region == REGION_OF["CSPN"]:
            book.settle(north, f"{row.due_on:%Y-%m}", row, "CSPN", verdict)
        if row.delivered_on is None:
            continue
        duty, month = accepted[row.region], f"{row.delivered_on:%Y-%m}"
        book.measure_out(duty, month, row.quantity - row.rejected, row.quantity)
        if row.rejected:
            book.line(duty, month, row)


def judge_variance(
    measure: str, sent: dict[tuple[str, str], int], rows: Iterable[Forecast], book: Book
) -> None:
    """Set what each party sent in each month against its forecast; there is no level, and no finding."""
    duty = Duty(measure, None, None)
    book.open_account([duty])
    for (party, month), count in sorted(sent.items()):
        book.measure_out_for(duty, month, party, (count, 0))
    for row in rows:
        if (row.service == "CSR") == (measure == "CSR-VARIANCE"):
            book.measure_out_for(duty, f"{row.month:%Y-%m}", row.party, (0, row.forecast))

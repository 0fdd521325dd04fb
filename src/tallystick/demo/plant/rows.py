"""The rows of every stream, as the data contract names their columns.

Columns whose name ends in `_at` (and `at`) hold instants in milliseconds since 1970, those ending in `_on`
hold days. `KEYS` names the columns that identify a row.
"""

import datetime as dt
from typing import NamedTuple

from tallystick.demo.plant.clock import in_utc


class ServiceRequest(NamedTuple):
    request_id: str
    srv: str
    mode: str
    party: str
    region: str
    received_at: int
    execute_at: int | None
    forwarded_at: int | None
    answered_at: int | None
    delivered_at: int | None
    outcome: str


class FirmwarePayload(NamedTuple):
    payload_id: str
    provider: str
    category: str
    requested_at: int
    completed_at: int | None


class HanCommand(NamedTuple):
    command_id: str
    provider: str
    category: str
    received_at: int
    delivered_at: int | None


class RoundTrip(NamedTuple):
    test_id: str
    provider: str
    kind: str
    sent_at: int
    returned_at: int | None


class Alert(NamedTuple):
    alert_id: str
    provider: str
    party: str
    kind: str
    raised_at: int
    delivered_at: int | None
    hubs: int


class Anomaly(NamedTuple):
    anomaly_id: str
    detected_at: int
    notified_at: int | None
    party: str
    incident_id: str | None


class Incident(NamedTuple):
    incident_id: str
    category: str
    responsible: str
    provider: str | None
    device_kind: str | None
    raised_at: int
    responded_at: int | None
    resolved_at: int | None
    resolution: str | None
    change_id: str | None
    status: str


class RdpIncident(NamedTuple):
    incident_id: str
    rdp: str
    kind: str
    opened_at: int
    resolved_at: int | None
    status: str


class Outage(NamedTuple):
    outage_id: str
    service: str
    provider: str
    from_at: int
    to_at: int | None
    planned: str
    agreed_by: str | None
    change_id: str | None


class CertificateRequest(NamedTuple):
    csr_id: str
    party: str
    requested_at: int
    issued_at: int | None


class RepositoryRequest(NamedTuple):
    request_id: str
    requested_at: int
    delivered_at: int | None


class HubInstall(NamedTuple):
    install_id: str
    hub_id: str
    party: str
    region: str
    area: str
    variant: str
    installed_at: int
    connected_at: int | None
    outcome: str


class Coverage(NamedTuple):
    area: str
    from_on: dt.date
    region: str
    required_variant: str
    covered: str
    until_on: dt.date | None


class DeviceEvent(NamedTuple):
    event_id: str
    device_id: str
    hub_id: str | None
    device_kind: str
    provider: str | None
    party: str
    activity: str
    at: int


class Device(NamedTuple):
    device_id: str
    from_at: int
    mpxn: str | None
    device_kind: str
    party: str
    model: str
    firmware: str
    status: str
    until_at: int | None


class CertifiedProduct(NamedTuple):
    model: str
    firmware: str
    from_on: dt.date
    until_on: dt.date | None


class Forecast(NamedTuple):
    party: str
    service: str
    month: dt.date
    forecast: int


class HubDelivery(NamedTuple):
    order_id: str
    region: str
    due_on: dt.date
    delivered_on: dt.date | None
    quantity: int
    rejected: int
    reason: str | None


class HubReturn(NamedTuple):
    hub_id: str
    activity: str
    at: int
    party: str
    region: str
    fault: str | None


class ReportedFigure(NamedTuple):
    report: str
    measure: str
    provider: str | None
    group: str | None
    period: str
    numerator: int | None
    denominator: int | None
    share: str | None
    opened: int | None
    resolved: int | None
    open_at_end: int | None
    status: str | None
    commentary: str | None


class Excluded(NamedTuple):
    stream: str
    row_key: str
    reason: str
    approved_by: str
    until_on: dt.date | None


Row = (
    ServiceRequest
    | FirmwarePayload
    | HanCommand
    | RoundTrip
    | Alert
    | Anomaly
    | Incident
    | RdpIncident
    | Outage
    | CertificateRequest
    | RepositoryRequest
    | HubInstall
    | Coverage
    | DeviceEvent
    | Device
    | CertifiedProduct
    | Forecast
    | HubDelivery
    | HubReturn
    | ReportedFigure
    | Excluded
)

STREAMS: dict[str, type[Row]] = {
    "service_requests": ServiceRequest,
    "firmware_payloads": FirmwarePayload,
    "han_commands": HanCommand,
    "round_trips": RoundTrip,
    "alerts": Alert,
    "anomalies": Anomaly,
    "incidents": Incident,
    "rdp_incidents": RdpIncident,
    "outages": Outage,
    "certificate_requests": CertificateRequest,
    "repository_requests": RepositoryRequest,
    "hub_installs": HubInstall,
    "coverage": Coverage,
    "device_events": DeviceEvent,
    "inventory": Device,
    "certified_products": CertifiedProduct,
    "forecasts": Forecast,
    "hub_deliveries": HubDelivery,
    "hub_returns": HubReturn,
    "reported": ReportedFigure,
    "exceptions": Excluded,
}

KEYS: dict[str, tuple[str, ...]] = {
    "service_requests": ("request_id",),
    "firmware_payloads": ("provider", "payload_id"),
    "han_commands": ("provider", "command_id"),
    "round_trips": ("provider", "test_id"),
    "alerts": ("provider", "alert_id"),
    "anomalies": ("anomaly_id",),
    "incidents": ("incident_id",),
    "rdp_incidents": ("incident_id",),
    "outages": ("outage_id",),
    "certificate_requests": ("csr_id",),
    "repository_requests": ("request_id",),
    "hub_installs": ("party", "install_id"),
    "coverage": ("area", "from_on"),
    "device_events": ("event_id",),
    "inventory": ("device_id", "from_at"),
    "certified_products": ("model", "firmware", "from_on"),
    "forecasts": ("party", "service", "month"),
    "hub_deliveries": ("order_id",),
    "hub_returns": ("party", "hub_id", "activity", "at"),
    "reported": ("report", "measure", "provider", "group", "period"),
    "exceptions": ("stream", "row_key"),
}
STREAM_OF = {kind: stream for stream, kind in STREAMS.items()}


def is_instant(column: str) -> bool:
    """Tell whether a column holds instants."""
    return column == "at" or column.endswith("_at")


def key_of(row: Row) -> str:
    """Return the row's key, its columns joined by a bar; an instant in it stands in UTC."""
    columns = KEYS[STREAM_OF[type(row)]]
    return "|".join(_written(column, getattr(row, column)) for column in columns)


def _written(column: str, cell: object) -> str:
    if cell is None:
        return ""
    return in_utc(cell) if is_instant(column) and isinstance(cell, int) else str(cell)

"""The planter's own limits against the rulebook's: written twice, so that a slip in either shows."""

from decimal import Decimal

import pytest

from tallystick.demo.plant import limits
from tallystick.demo.plant.clock import HOUR, MINUTE, SECOND
from tallystick.rulebook.rulebook import Rulebook

UNITS = {"second": SECOND, "minute": MINUTE, "hour": HOUR, "day": 1, "working_day": 1}
SINGLE = {
    "dsp_request_time": limits.DSP_REQUEST,
    "trt_firmware": limits.FIRMWARE,
    "trt_han": limits.HAN,
    "trt_alert": limits.ALERT,
    "outage_alert": limits.OUTAGE_ALERT,
    "rtt2": limits.ROUND_TRIP["RTT2"],
    "rtt3": limits.ROUND_TRIP["RTT3"],
    "rtt4": limits.ROUND_TRIP["RTT4"],
    "anomaly_notice": limits.ANOMALY_NOTICE,
    "trt_certificate": limits.CERTIFICATE,
    "trt_repository": limits.REPOSITORY,
    "connect_days": limits.CONNECT_DAYS,
    "install_status": limits.INSTALL_STATUS_WORKING_DAYS,
    "recycle_certificates": limits.CERTIFICATES_DAYS,
    "dno_certificate": limits.NETWORK_CERTIFICATE_DAYS,
    "decommission_removed": limits.DECOMMISSION_WORKING_DAYS,
    "restrict_access": limits.RESTRICT_WORKING_DAYS,
    "hub_return": limits.RETURN_DAYS,
    "rdp_ageing": limits.RDP_AGEING_DAYS,
}
TABLES = {
    "trt": limits.TARGET_RESPONSE,
    "incident_response": {(category,): limit for category, limit in limits.RESPONSE.items()},
    "incident_resolution": {(category,): limit for category, limit in limits.RESOLUTION.items()},
}


class TestLimits:
    @pytest.mark.parametrize("key", SINGLE)
    def test_are_the_parameters_of_the_rulebook(self, key: str, sec: Rulebook) -> None:
        parameter = sec.parameters[key]

        (value,) = dict(parameter.starts()).values()

        assert value.value is not None
        assert SINGLE[key] == value.value * UNITS[parameter.unit]

    @pytest.mark.parametrize("key", TABLES)
    def test_are_the_tables_of_the_rulebook(self, key: str, sec: Rulebook) -> None:
        parameter = sec.parameters[key]

        (value,) = dict(parameter.starts()).values()
        entries = {
            tuple(entry.key[name] for name in parameter.by): entry.value * UNITS[parameter.unit]
            for entry in value.entries
        }

        assert TABLES[key] == entries


class TestLevels:
    @pytest.mark.parametrize("key", limits.CODE_LEVELS)
    def test_are_those_of_the_rulebook(self, key: str, sec: Rulebook) -> None:
        ((_, level),) = sec.levels[key].values.items()

        assert (level.target, level.minimum) == tuple(Decimal(one) / 100 for one in limits.CODE_LEVELS[key])

    def test_are_as_strict_on_the_zero_tolerance_areas(self, sec: Rulebook) -> None:
        strict = {key for key, measure in sec.measures.items() if measure.tolerance == "zero"}

        assert strict == {"AREA-A", "AREA-E1"}

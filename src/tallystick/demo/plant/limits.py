"""The limits and levels, written a second time from the code and the data contract.

Elapsed limits are milliseconds, limits in civil or working days are counts. Levels are pairs of target and
minimum, in hundredths of a percent.
"""

from tallystick.demo.plant.clock import DAY, HOUR, MINUTE, SECOND

DSP_REQUEST = 3 * SECOND
QUICK = 30 * SECOND
TARGET_RESPONSE = {
    **{
        (srv, "on_demand"): QUICK
        for srv in (
            "1.1.1",
            "1.1.2",
            "4.1.1",
            "6.23",
            "6.5",
            "7.4",
            "8.1.1",
            "8.11",
            "8.14.1",
            "8.14.2",
            "12.1",
        )
    },
    ("4.8.1", "on_demand"): DAY,
    ("11.1", "on_demand"): DAY,
    ("1.1.1", "future_dated"): DAY,
    ("1.1.2", "future_dated"): DAY,
    ("6.5", "future_dated"): DAY,
    ("4.8.1", "scheduled"): DAY,
}
FIRMWARE = 120 * HOUR
HAN = 30 * SECOND
ALERT = 60 * SECOND
OUTAGE_ALERT = 3 * MINUTE
FEW_HUBS = 50  # more than these are another measure
ROUND_TRIP = {"RTT2": 22 * HOUR, "RTT3": 2 * HOUR, "RTT4": 25 * SECOND}
ANOMALY_NOTICE = 30 * MINUTE
CERTIFICATE = 30 * SECOND
REPOSITORY = 3 * SECOND
RESPONSE = {"1": 10 * MINUTE, "2": 20 * MINUTE, "3": 45 * MINUTE, "4": 180 * MINUTE, "5": 1440 * MINUTE}
RESOLUTION = {"1": 4 * HOUR, "2": 24 * HOUR, "3": 72 * HOUR, "4": 120 * HOUR, "5": 240 * HOUR}

# Whole days.
CONNECT_DAYS = 90
INSTALL_STATUS_WORKING_DAYS = 2
CERTIFICATES_DAYS = 7
NETWORK_CERTIFICATE_DAYS = 7
DECOMMISSION_WORKING_DAYS = 5
RESTRICT_WORKING_DAYS = 1
RETURN_DAYS = 30
RDP_AGEING_DAYS = 30

SERVICE_LEVEL = (9900, 9600)
AREA_LEVEL = (9700, 9200)
ZERO_TOLERANCE = (10000, 10000)
BAND = (9000, 11000)
CODE_LEVELS = {
    "CPM1": SERVICE_LEVEL,
    "CPM2": SERVICE_LEVEL,
    "CPM3": SERVICE_LEVEL,
    "CPM4": (10000, 8500),
    "CPM5": (9000, 8000),
    "CPM6": (9950, 9800),
    "CPM7": SERVICE_LEVEL,
    "CPM8": SERVICE_LEVEL,
}

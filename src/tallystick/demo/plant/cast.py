"""Who takes part: invented parties by category, providers, regions, areas and products."""

import datetime as dt

# Three large ones, and small ones enough that each of them has peers that may be told of.
LARGE = ("Alderbrook Energy", "Brightwater Power", "Cairn Valley Energy")
SMALL = (
    "Dovecote Energy",
    "Fellside Energy",
    "Gorsebank Energy",
    "Marram Power",
    "Netherby Energy",
    "Orrin Valley Power",
    "Pennymoor Energy",
    "Quernside Energy",
    "Rushbeck Power",
)
SUPPLIERS = (*LARGE, *SMALL)
NETWORKS = ("Ilexmoor Networks", "Larkrise Networks")
GAS_NETWORKS = ("Juniper Gas Transport", "Millrace Gas Networks")
OTHERS = ("Harbourlight Power", "Kestrel Meter Services")
CATEGORIES = {
    **dict.fromkeys(LARGE, "large_supplier"),
    **dict.fromkeys(SMALL, "small_supplier"),
    **dict.fromkeys(NETWORKS, "electricity_network"),
    **dict.fromkeys(GAS_NETWORKS, "gas_network"),
    **dict.fromkeys(OTHERS, "other_sec_party"),
}
PARTIES = tuple(CATEGORIES)
USERS = (*SUPPLIERS, *NETWORKS, *OTHERS)

REGIONS = {"north": "CSPN", "central": "CSPC", "south": "CSPS"}
REGION_OF = {provider: region for region, provider in REGIONS.items()}
CSPS = tuple(REGION_OF)

STANDARD = "SBCH"
DUAL_BAND = "DBCH"
MESH = "SBCH-MESH"
# Four areas a region. N3 asks for another variant from the middle of July 2021.
AREAS = {region: tuple(f"{region[0].upper()}{n}" for n in range(1, 5)) for region in REGIONS}
REQUIRED = {
    area: (STANDARD, DUAL_BAND, MESH, STANDARD)[n % 4]
    for areas in AREAS.values()
    for n, area in enumerate(areas)
}
CHANGING_AREA = "N3"
CHANGED_ON = dt.date(2021, 7, 15)
CHANGED_TO = DUAL_BAND
UNCOVERED_AREA = "S9"  # in no row of the coverage database

# Model and firmware of each kind of device that the certified products list holds all year.
PRODUCTS = {
    "esme": (("ES-210", "2.04"), ("ES-310", "1.11")),
    "gsme": (("GS-118", "3.00"), ("GS-220", "1.07")),
    "ppmid": (("PP-50", "5.2"),),
}
UNCERTIFIED = ("ES-210", "2.05-RC1")
# Certified until, but not on, this day.
EXPIRING = ("ES-150", "1.09")
EXPIRES_ON = dt.date(2021, 7, 21)

"""Performance assurance and governance of industry codes that many companies sign."""

__version__ = "0.1.0"

"""Charges for shortfall: computed, led on, corrected and relieved; by this nobody is invoiced."""

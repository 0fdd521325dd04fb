"""What is remembered of assurance: what is applied to whom, a year's documents, and what came of them."""

from tallystick.assessments.models.application import Application, Part
from tallystick.assessments.models.catalogue import Tag
from tallystick.assessments.models.sample import Sample, Tally
from tallystick.assessments.models.tested import Certificate, Item, ItemResult

__all__ = ["Application", "Certificate", "Item", "ItemResult", "Part", "Sample", "Tag", "Tally"]

"""What is remembered of assurance: what is applied to whom, a year's documents, and what came of them."""

from tallystick.assessments.models.application import Application, Part

__all__ = ["Application", "Part"]

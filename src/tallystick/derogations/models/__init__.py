"""What is remembered of derogations and of forbearance."""

from tallystick.derogations.models.derogation import Derogation, Term
from tallystick.derogations.models.forbearance import Forbearance

__all__ = ["Derogation", "Forbearance", "Term"]

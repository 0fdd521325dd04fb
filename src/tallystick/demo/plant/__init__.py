"""Plant a made-up year of the SEC, and write down what is true of it.

Nothing here knows the rulebook or the engine: limits, working days and intervals are written and counted a
second time, so that agreement between the two means something.
"""

from tallystick.demo.plant.year import Planted, UnableToPlant, plant

__all__ = ["Planted", "UnableToPlant", "plant"]

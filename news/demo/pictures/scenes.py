"""The scenes there are, by name."""

from .bridge import bridge
from .bus import bus
from .hall import hall
from .harbour import harbour
from .mangrove import mangrove
from .rooftop import rooftop
from .skyline import skyline
from .solar import solar
from .tram import tram
from .turbines import turbines
from .workshop import workshop

SCENES = {
    "skyline": skyline,
    "harbour": harbour,
    "turbines": turbines,
    "solar": solar,
    "bus": bus,
    "hall": hall,
    "mangrove": mangrove,
    "workshop": workshop,
    "bridge": bridge,
    "rooftop": rooftop,
    "tram": tram,
}

"""Tables of the diagnosis, one module per noun."""

from .added import DeclaredFigure, OwnIndicator, OwnValue
from .datasets import Dataset, Import, Observation, Outline
from .establishments import EmployerTotal, Establishment, Perimeter
from .mobilisation import Mobilisation, MobilisationLine

__all__ = [
    "Dataset",
    "DeclaredFigure",
    "EmployerTotal",
    "Establishment",
    "Import",
    "Mobilisation",
    "MobilisationLine",
    "Observation",
    "Outline",
    "OwnIndicator",
    "OwnValue",
    "Perimeter",
]

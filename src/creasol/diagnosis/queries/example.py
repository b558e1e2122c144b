"""What the example edition needs to know of the metropole of 2011."""

from creasol.diagnosis.example_stock.metropole import lille_metropole_2011
from creasol.diagnosis.example_stock.stock import Place
from creasol.territories.models import Commune

__all__ = ["lille_metropole_2011", "places_of_example_stock"]


def places_of_example_stock() -> dict[str, Place]:
    """Return the 95 communes of today's metropole, by code."""
    metropole = lille_metropole_2011()
    codes = [*metropole.communes, *metropole.joined_later]
    return {
        commune.code: Place(commune.name, commune.postcodes.split(" ")[0], commune.population or 0)
        for commune in Commune.objects.filter(code__in=codes)
    }

"""The same stock at another date: some ESS establishments have closed, opened, moved or changed activity since.

Going back in time is the same: what closed then opens, and whoever left arrives. Shares are made up.
"""

from collections.abc import Mapping
from pathlib import Path

from .calibration import ESS, ESS_JOINED_LATER
from .stock import COLUMNS, MONTH, Place, Stock, write_stock

CLOSED, MOVED, RECLASSED, OPENED = 0.05, 0.015, 0.003, 0.057  # a year, of the establishments
MOST = 0.6  # of the establishments, however far away the date
STAY = 0.4  # of those that move, within their commune
EXCLUDED_BY_INSEE = "94.91Z"
STATE, COMMUNE, ACTIVITY, BAND, SIREN = (
    COLUMNS["StockEtablissement"].index(column)
    for column in (
        "etatAdministratifEtablissement",
        "codeCommuneEtablissement",
        "activitePrincipaleEtablissement",
        "trancheEffectifsEtablissement",
        "siren",
    )
)


def write_stock_at(
    month: str, folder: Path, places: Mapping[str, Place], *, parquet: bool = False
) -> tuple[Path, Path]:
    """Write the two files of the example as another month would show them; ``month`` is written 2013-11."""
    stock = Stock(places)
    stock.fill()
    let_time_pass(stock, month)
    return write_stock(stock, folder, month, parquet=parquet)


def let_time_pass(stock: Stock, month: str) -> None:
    """Change the ESS establishments of a stock that is filled, as ``month`` ("2013-11") would show them."""
    years = years_between(MONTH, month)
    chances = [
        share * min(years, MOST / (CLOSED + MOVED + RECLASSED)) for share in (CLOSED, MOVED, RECLASSED)
    ]
    for number in range(stock.ess):
        closes, moves, changes = (stock.invent.random.random() < chance for chance in chances)
        cells = stock.establishments[number].split(",")
        if closes or moves:
            cells[STATE] = "F"
        elif changes:
            cells[ACTIVITY] = EXCLUDED_BY_INSEE
        stock.establishments[number] = ",".join(cells)
        if moves and not closes:
            stays = stock.invent.random.random() < STAY
            code = cells[COMMUNE] if stays else somewhere(stock)
            stock.add_establishment(cells[SIREN], code, cells[ACTIVITY], cells[BAND])
    for _number in range(round(OPENED * years * (sum(ESS.values()) + ESS_JOINED_LATER))):
        category, activity = stock.invent.ess()
        siren = stock.add_unit(stock.invent.name(), category, activity, flag="O")
        stock.add_establishment(
            siren, somewhere(stock), activity, stock.invent.one({"01": 3, "02": 2, "03": 1})
        )


def somewhere(stock: Stock) -> str:
    """Return the code of a commune, the more inhabitants the likelier."""
    return stock.invent.one({code: place.population for code, place in stock.places.items()})


def years_between(month: str, other: str) -> float:
    """Return how many years lie between two months, whichever comes first."""
    first, second = (12 * int(text[:4]) + int(text[5:]) for text in (month, other))
    return abs(second - first) / 12

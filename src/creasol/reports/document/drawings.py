"""Maps as drawings of their own (SVG): the site dresses them by their classes, paper by the colours written in."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from creasol.territories.maps import LegendItem, Map, Shape

from .schema import Drawing

# the light colours of the site
CARD, INK, LINE = "#ffffff", "#1b2430", "#87837a"
TINT, ACCENT = "#e9f2ee", "#a9410f"
RAMP = ("#e3eee8", "#b9d8cb", "#82bba9", "#3e9383", "#0f6b61", "#0b4442")
UNKNOWN = "#f3efe7"
ROW, COLUMNS = 26, 3  # of the legend under a map


def drawn(shown: Map, key: str) -> Drawing:
    """Return a map with its legend as one drawing."""
    columns = shown.width / COLUMNS
    items = [
        {
            "text": item.text,
            "css": item.css,
            "fill": fill_of(item),
            "x": round(columns * (number % COLUMNS)),
            "y": round(shown.height + 14 + ROW * (number // COLUMNS)),
        }
        for number, item in enumerate(shown.legend)
    ]
    legend = ROW * -(-len(items) // COLUMNS) + 14 if items else 0
    middle = shown.height + 8 + shown.scale_height / 2
    height = shown.height + (shown.scale_height + 12 if shown.scale else 0) + legend
    context = {
        "map": shown,
        "height": height,
        "shapes": [{"shape": shape, **paint(shape)} for shape in shown.shapes],
        "items": items,
        "middle": f"{middle:.1f}",
    }
    svg = render_to_string("reports/document/map.svg", context).strip()
    return Drawing(key=key, title=shown.title, alternative=alternative(shown), svg=svg)


def paint(shape: Shape) -> dict[str, str]:
    """Return the colours of a shape: inside and edge."""
    here = "map-here" in shape.css
    if "map-circle" in shape.css:
        inside = ACCENT if here else RAMP[4]
        return {"fill": UNKNOWN if "map-missing" in shape.css else inside, "stroke": CARD, "opacity": "0.82"}
    return {"fill": fill_of(shape), "stroke": ACCENT if here else CARD, "opacity": "1"}


def fill_of(one: Shape | LegendItem) -> str:
    """Return the colour of a class of shade."""
    for number, colour in enumerate(RAMP, start=1):
        if f"map-class-{number}" in one.css:
            return colour
    return UNKNOWN if "map-missing" in one.css else TINT


def alternative(shown: Map) -> str:
    """Return what a map says in words: the three strongest places; the table of communes has the others."""
    said = [f"{shape.label} : {shape.text}" for shape in shown.shapes if shape.label][:3]
    words = {"title": shown.title, "places": " ; ".join(said)}
    return _("%(title)s. %(places)s… The table of the communes has every number.") % words

"""Portal: the pages of places, put together from what the apps below know.

Nouns: the home of the street (or of a district with several), the page of a community, compound or building, the
building chart, the directory of phones. Slots for apps above and beside: `place.boxes` (boxes on a place's page,
called with `place=`), `home.actions` (links in the chart's detail pane, called with `home=`).
"""

"""A Wagtail project as its own start command makes it, with one page of the same content as a site's first page."""

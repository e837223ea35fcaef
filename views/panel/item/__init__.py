"""The page of an item of the catalogue: read, edited, compared and published."""

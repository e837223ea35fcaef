"""A view for every table of the office, declared in a few lines each."""

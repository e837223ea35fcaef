"""What a saved view may keep: what the address of a list asks, and nothing else."""

from urllib.parse import parse_qsl

LONGEST_QUERY = 2000
# The page is no part of a view: it always begins at its first row.
ARGUMENTS = frozenset({"tab", "search", "sort", "desc", "page_size"})
FILTER = "flt_"


def is_kept(argument: str) -> bool:
    """Whether a view keeps this argument of an address."""
    return argument in ARGUMENTS or (argument.startswith(FILTER) and argument != FILTER)


def asks_a_list(query: str) -> bool:
    """Whether ``query`` is a query string of such arguments, each said once."""
    if len(query) > LONGEST_QUERY or "\x00" in query:
        return False
    try:
        said = parse_qsl(query, keep_blank_values=True, strict_parsing=True) if query else []
    except ValueError:
        return False
    names = [name for name, _value in said]
    return len(names) == len(set(names)) and all(map(is_kept, names))

"""What the address of a list says, each name once."""

from urllib.parse import parse_qsl, urlencode

from flask import abort, request

from models.rules.saved_views import is_kept
from views.panel.engine.filters import BETWEEN
from views.requests import WHOLE_NUMBER


def filter_key(argument: str) -> str | None:
    """The key of the filter that an argument names; None when it names none."""
    return argument.partition("_")[2] if argument.startswith("flt") else None


def said() -> dict[str, str]:
    """The arguments of this request. Boxes ticked for one filter come as one text; of what is
    said twice otherwise, the first counts."""
    return {
        name: values[0] if filter_key(name) is None else BETWEEN.join(filter(None, values))
        for name, values in request.args.lists()
    }


def number_in(arguments: dict[str, str], name: str, default: int = 0) -> int:
    """A small whole number of an address. Aborts with 400 when it is something else."""
    text = arguments.get(name, "")
    if not text:
        return default
    if not WHOLE_NUMBER.fullmatch(text):
        abort(400)
    return int(text)


def kept_query(arguments: dict[str, str]) -> str:
    """What a saved view keeps of an address, as a query string."""
    return urlencode({n: value for n, value in arguments.items() if value and is_kept(n)})


def arguments_of(query: str) -> dict[str, str]:
    """The arguments of a query string that a saved view keeps."""
    return dict(parse_qsl(query))

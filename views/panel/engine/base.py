"""The closed base of every table's view.

What plain Flask-Admin leaves open is shut here once: every endpoint has one verb (lock.py), bad
input is 400 or 404 and an export has an end (listing.py), every form field is named and a form
carries the version it was opened with (editing.py), a deed is one of a table (records.py), and is
done to many rows after a preview (bulk.py).
"""

from views.forms.columns import Children
from views.panel.engine.bulk import BulkPages
from views.panel.engine.editing import FormPages
from views.panel.engine.listing import Asked
from views.panel.engine.records import RecordPages

__all__ = ["Asked", "Children", "GuardedModelView"]


class GuardedModelView(BulkPages, FormPages, RecordPages):
    """A table in the panel. Families declare attributes; methods only narrow rows."""

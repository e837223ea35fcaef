"""The name of the product as people read it: one in each language, said here only.

Pages read it as ``brand``. What a machine reads (the package, the command, the settings) is named
``onewindow``."""

from flask_babel import lazy_gettext as _

BRAND = _("One Window")

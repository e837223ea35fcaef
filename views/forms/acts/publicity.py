"""What is typed when a case is kept out of the public register."""

from views.forms.acts.base import ActForm, text_field


class ConfidentialForm(ActForm):
    """The secret, or whose privacy, that stands against publication (Art. 5)."""

    confidential_reason = text_field("confidential_reason")

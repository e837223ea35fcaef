"""Errors of the permit rules: codes and facts, never words. Words live in the views."""

from collections.abc import Mapping


class RuleViolation(Exception):  # noqa: N818 - the field says violation, not error
    """A permit rule refuses a change; nothing of the transaction is written.

    ``code`` is the rule's name in kebab-case; ``facts`` are the values its message needs;
    ``field`` is the column the user should look at, if there is one.
    """

    def __init__(self, code: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({facts})" if facts else self.code

"""The site, and visitors."""

from tests.visiting import either_site, little_work_for_passwords, signed_in, site, visitor

__all__ = ["either_site", "little_work_for_passwords", "signed_in", "site", "visitor"]

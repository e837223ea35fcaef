"""Every rule at every door of the panel: refused in its words, and no row is another one.

Forms, acts, inline edits and deletion are each forced with the forbidden values. A door that is
closed to the account answers 403 or 404; one that has no field for the deed writes nothing of it.
The plain tier asks the doors of the models.
"""

from dataclasses import replace

import pytest
from flask import Flask

from tests.doors.deeds import DEEDS
from tests.doors.panel_doors import Visitor, aim_of, problem, ways
from tests.factories import Office

SIGNED_IN = sorted(name for name, deed in DEEDS.items() if deed.who is not None)


@pytest.mark.thorough
@pytest.mark.parametrize("language", ["zh_Hans_CN", "en"])
@pytest.mark.parametrize("name", SIGNED_IN)
def test_no_door_of_the_panel_leads_round_a_rule(
    peopled_office: Office, site: Flask, name: str, language: str
) -> None:
    deed = DEEDS[name]
    row = deed.reach(peopled_office)
    peopled_office.session.commit()
    before = peopled_office.stored()
    aim, deletion = aim_of(peopled_office, deed, row), deed.at("delete", row)
    # The session gives the database free for the visitor.
    peopled_office.session.rollback()
    site.config["ONEWINDOW"] = replace(site.config["ONEWINDOW"], today=deed.day)
    visitor = Visitor(site, str(deed.who))
    visitor.reads(language)
    problems = {
        door: problem(site, way(visitor, aim), expected, language)
        for door, expected, way in ways(deed, deletion)
    }
    assert {door: wrong for door, wrong in problems.items() if wrong} == {}
    assert peopled_office.stored() == before

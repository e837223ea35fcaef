"""Who may do what, written down by hand and asked of the running site.

This file imports nothing of the program: it is the second opinion.

L list, D details, C create, E edit, X delete, P export, A act.
"""

from collections.abc import Callable
from typing import Any

import pytest

GUIDE, CLERK, REVIEWER, DECIDER, HEAD = "guide", "clerk", "reviewer", "decider", "head"
LEADER, COMMITTEE = "leader", "committee"
MANAGER, ADMIN, SYSTEM, SECURITY = "manager", "admin", "system", "security"
AUDITOR, APPLICANT = "auditor", "applicant"
ACCOUNTS = (
    GUIDE, CLERK, REVIEWER, DECIDER, HEAD, LEADER, MANAGER, COMMITTEE, ADMIN, SYSTEM, SECURITY,
    AUDITOR, APPLICANT,
)  # fmt: skip

# Table → account → what is open to it. Who is not named may nothing.
EXPECTED: dict[str, dict[str, str]] = {
    "authority": {SYSTEM: "LDCEP", MANAGER: "LDP", AUDITOR: "LDP"},
    "department": {
        SYSTEM: "LDCEP", SECURITY: "LD", ADMIN: "LD", MANAGER: "LDP", AUDITOR: "LDP",
    },
    "service_window": {SYSTEM: "LDCEP", SECURITY: "LD", MANAGER: "LDP", AUDITOR: "LDP"},
    "user_account": {SYSTEM: "LDCEPA", SECURITY: "LD", MANAGER: "LDP", AUDITOR: "LDP"},
    "role_grant": {SECURITY: "LDCEP", MANAGER: "LDP", AUDITOR: "LDP"},
    "post": {SECURITY: "LDCEP", MANAGER: "LDP", AUDITOR: "LDP"},
    "post_assignment": {SECURITY: "LDCEP", MANAGER: "LDP", AUDITOR: "LDP"},
    "licence_item": {
        ADMIN: "LDCEP", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "item_version": {
        ADMIN: "LDCEXPA", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "step_definition": {
        ADMIN: "LDCEXP", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "material_requirement": {
        ADMIN: "LDCEXP", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "item_condition": {
        ADMIN: "LDCEXP", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "item_question": {
        ADMIN: "LDCEXP", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "fee_item": {
        ADMIN: "LDCEXP", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "source_note": {ADMIN: "LDCEXPA", MANAGER: "LDP", AUDITOR: "LDP"},
    "former_step": {ADMIN: "LDCEXP", MANAGER: "LDP", AUDITOR: "LDP"},
    "step_template": {ADMIN: "LDCEP", MANAGER: "LDP", AUDITOR: "LDP"},
    "template_step": {ADMIN: "LDCEXP", MANAGER: "LDP", AUDITOR: "LDP"},
    "fee_charge": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "applicant": {
        GUIDE: "LDCE", CLERK: "LDCE", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "applicant_identity": {
        GUIDE: "LD", CLERK: "LDC", REVIEWER: "LD", DECIDER: "LD", HEAD: "LDA",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "application": {
        GUIDE: "LDP", CLERK: "LDCEPA", REVIEWER: "LDPA", DECIDER: "LDPA", HEAD: "LDPA",
        MANAGER: "LDPA", AUDITOR: "LDP", APPLICANT: "LDA",
    },
    "application_step": {
        GUIDE: "LDP", CLERK: "LDEPA", REVIEWER: "LDEPA", DECIDER: "LDEPA", HEAD: "LDPA",
        MANAGER: "LDPA", AUDITOR: "LDP",
    },
    "submitted_material": {
        GUIDE: "LD", CLERK: "LDCEX", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "correction_notice": {
        GUIDE: "LD", CLERK: "LDC", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "correction_notice_line": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "intake_answer": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "application_ban": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "first_contact_handover": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "applicant_correction": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "pre_guidance": {
        GUIDE: "LDC", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "pre_guidance_material": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "clock_suspension": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LDCE", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "deadline_extension": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LDC", DECIDER: "LD", HEAD: "LDA",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "decision": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LDC", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "certificate": {
        GUIDE: "LDP", CLERK: "LDPA", REVIEWER: "LDP", DECIDER: "LDP", HEAD: "LDP",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "condition_verdict": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "site_inspection": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "site_inspector": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "hearing": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "interested_party": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "forwarding": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "termination": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "withdrawal": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LD",
    },
    "applicant_link": {
        GUIDE: "LDC", CLERK: "LDC", REVIEWER: "LDC", DECIDER: "LDC", HEAD: "LDCE",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "certificate_change": {
        GUIDE: "LDP", CLERK: "LDCP", REVIEWER: "LDCP", DECIDER: "LDP", HEAD: "LDCPA",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "due_date_change": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "finding": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "green_lane": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "earlier_receipt": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "warning": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "daily_run": {SYSTEM: "LD", MANAGER: "LDP", AUDITOR: "LDP"},
    "calendar_revision": {SYSTEM: "LD", MANAGER: "LDP", AUDITOR: "LDP"},
    "supervision_order": {
        GUIDE: "LDE", CLERK: "LDE", REVIEWER: "LDE", DECIDER: "LDE", HEAD: "LDCEPA",
        MANAGER: "LDCEPA", AUDITOR: "LDP",
    },
    "absence": {
        GUIDE: "LDCEX", CLERK: "LDCEX", REVIEWER: "LDCEX", DECIDER: "LDCEX", HEAD: "LDCEX",
        MANAGER: "LDCEXP", AUDITOR: "LDP",
    },
    "reassignment": {HEAD: "LDCP", MANAGER: "LDCP", AUDITOR: "LDP"},
    "reassignment_line": {HEAD: "LDP", MANAGER: "LDP", AUDITOR: "LDP"},
    "supervision_record": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LDCEPA", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "supervision_inspector": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "referral": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LDCEP", DECIDER: "LD", HEAD: "LDCEP",
        MANAGER: "LDCEP", AUDITOR: "LDP",
    },
    "complaint": {HEAD: "LDCEPA", MANAGER: "LDCEPA", AUDITOR: "LDP"},
    "service_rating": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP", APPLICANT: "LDC",
    },
    "rectification": {
        GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LDEA",
        MANAGER: "LDEPA", AUDITOR: "LDP",
    },
    "calendar_year": {
        SYSTEM: "LDCEP", ADMIN: "LD", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD",
        HEAD: "LD", MANAGER: "LDP", AUDITOR: "LDP",
    },
    "calendar_day": {
        SYSTEM: "LDCEXP", ADMIN: "LD", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD",
        HEAD: "LD", MANAGER: "LDP", AUDITOR: "LDP",
    },
    "calendar_notice": {
        SYSTEM: "LDCP", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LDA",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "calendar_notice_day": {
        SYSTEM: "LD", GUIDE: "LD", CLERK: "LD", REVIEWER: "LD", DECIDER: "LD", HEAD: "LD",
        MANAGER: "LDP", AUDITOR: "LDP",
    },
    "number_counter": {SYSTEM: "LD", MANAGER: "LDP", AUDITOR: "LDP"},
    "audit_entry": {AUDITOR: "LDP", MANAGER: "LD"},
    "saved_view": {
        **dict.fromkeys(ACCOUNTS, "LDEXP"),
        AUDITOR: "LDP",
    },
    "audit_head": {AUDITOR: "LDP", MANAGER: "LD"},
}  # fmt: skip

# The leader of the organ reads what officers read and answers what waits for an answer; the service
# centre's committee looks on. Account → letters → tables.
ABOVE: dict[str, dict[str, str]] = {
    LEADER: {
        "LD": "licence_item item_version step_definition material_requirement item_condition"
        " item_question fee_item fee_charge applicant submitted_material correction_notice"
        " correction_notice_line intake_answer application_ban first_contact_handover pre_guidance"
        " pre_guidance_material clock_suspension green_lane decision condition_verdict"
        " site_inspection site_inspector hearing interested_party forwarding termination withdrawal"
        " earlier_receipt applicant_correction"
        " due_date_change finding warning supervision_record supervision_inspector referral"
        " service_rating rectification calendar_year calendar_day"
        " calendar_notice_day",
        "LDP": "certificate application_step",
        "LDPA": "application certificate_change",
        "LDA": "deadline_extension calendar_notice applicant_identity",
        "LDE": "supervision_order",
        "LDCE": "applicant_link",
        "LDCEX": "absence",
    },
    COMMITTEE: {
        "LD": "licence_item item_version step_definition application application_step decision"
        " certificate due_date_change finding supervision_order service_rating rectification",
    },
}
for account, doors in ABOVE.items():
    for letters, tables in doors.items():
        for name in tables.split():
            EXPECTED[name][account] = letters

NO_SUCH_ROW = "999999"
# Where the status is enough: a refusal is told in a line, and no page is drawn for it.
BRIEFLY = {"Accept": "application/json"}


def probes(table: str, browser: Any) -> dict[str, int]:
    """What the site answers to each verb; a row that is not there tells an open door by 404."""
    at = f"/admin/{table}"
    key = "none,999999" if table == "number_counter" else NO_SUCH_ROW

    def get(path: str) -> int:
        return int(browser.get(f"{at}/{path}", headers=BRIEFLY).status_code)

    def post(path: str, **data: str) -> int:
        sent = {"csrf_token": browser.token_once, **data}
        return int(browser.client.post(f"{at}/{path}", data=sent, headers=BRIEFLY).status_code)

    return {
        "L": get(""),
        "D": get(f"details/?id={key}"),
        "C": get("new/"),
        "E": get(f"edit/?id={key}"),
        "X": post("delete/", id=key),
        "P": get("export/csv/"),
        "A": post("action/", action="delete"),
    }


OPEN = {"L": 200, "D": 404, "C": 200, "E": 404, "X": 404, "P": 200, "A": 400}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_every_door_is_open_to_whom_it_should(
    account: str, signed_in: Callable[[str], Any]
) -> None:
    browser = signed_in(account)
    browser.token_once = browser.token()
    for table, grants in EXPECTED.items():
        allowed = grants.get(account, "")
        answers = probes(table, browser)
        expected = {verb: OPEN[verb] if verb in allowed else 403 for verb in OPEN}
        assert answers == expected, (account, table)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_the_pages_of_an_item_are_open_to_whom_its_details_are(
    account: str, signed_in: Callable[[str], Any]
) -> None:
    browser = signed_in(account)
    expected = 404 if "D" in EXPECTED["licence_item"].get(account, "") else 403
    for path in ("no-such-item/", "no-such-item/compare/", "no-such-item/?version=1"):
        assert browser.get(f"/admin/licence_item/{path}").status_code == expected, path


# Pages of the panel that show no table; each is asked in the tests of its own.
PAGES_BY_HAND = {"board", "figures", "notices", "search", "work"}


def test_the_matrix_names_every_table(signed_in: Callable[[str], Any]) -> None:
    """Every address below the panel belongs to a table of the matrix, or to a page by hand."""
    browser = signed_in(MANAGER)
    rules = {rule.rule.split("/")[2] for rule in browser.site.url_map.iter_rules("admin.index")}
    rules |= {
        rule.rule.split("/")[2]
        for rule in browser.site.url_map.iter_rules()
        if rule.endpoint.endswith(".index_view")
    }
    assert rules - {""} == set(EXPECTED) | PAGES_BY_HAND


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_menu_has_more_than_nine_entries(account: str, signed_in: Callable[[str], Any]) -> None:
    page = signed_in(account).get("/admin/").text
    menu = page[page.index('<nav class="menu"') : page.index("</nav>")]
    assert 1 <= menu.count("<a ") <= 9

"""The decision, the certificate and the rest: what belongs to a case, as its reader may see it."""

from collections.abc import Callable, Iterator
from typing import Any

from models import Application, ServiceRating
from views.panel.case.reader import Reader
from views.panel.shell.home_supervision import rows_about
from views.words.labels import column_label, table_name
from views.words.values import cell

Facts = list[tuple[str, str]]


def documents_of(case: Application, reader: Reader) -> Iterator[tuple[str, list[Facts]]]:
    """The decision, the certificate and the rest, as far as their tables are open to the reader."""
    for table, columns, rows_in in _DOCUMENTS:
        rows = [r for r in rows_in(case) if reader.is_told(r)] if reader.sees(table) else []
        if rows:
            yield str(table_name(table)), [_said(row, columns, reader) for row in rows]


def _said(row: Any, columns: tuple[str, ...], reader: Reader) -> Facts:
    return [
        (str(column_label(row.__tablename__, column)), cell(row, column))
        for column in columns
        if getattr(row, column) not in (None, "", False)
        and (reader.sees_inside or not column.endswith("_by"))
    ]


# (table, its columns, its rows in a case)
_DOCUMENTS: tuple[tuple[str, tuple[str, ...], Callable[[Application], list[Any]]], ...] = (
    ("decision", ("outcome", "decided_on", "decided_by", "is_deemed", "legal_basis", "reasons",
                  "remedies"),
     lambda case: [case.decision] if case.decision else []),
    ("certificate", ("number", "edition", "name", "holder_name", "status", "valid_from",
                     "valid_until", "delivered_on", "delivery_method", "delivered_by",
                     "recipient_name"),
     lambda case: [case.certificate] if case.certificate else []),
    ("forwarding", ("to_organ", "document_number", "is_supported", "opinion", "forwarded_on",
                    "forwarded_by"),
     lambda case: [case.forwarding] if case.forwarding else []),
    ("termination", ("ground", "reasons", "terminated_on", "terminated_by"),
     lambda case: [case.termination] if case.termination else []),
    ("condition_verdict", ("item_condition", "is_met", "note", "given_on", "given_by"),
     lambda case: case.verdicts),
    ("site_inspection", ("inspector_names", "assigned_on", "assign_by_on", "is_late_assignment",
                         "planned_on", "done_on", "passes", "findings", "technical_standard"),
     lambda case: case.inspections),
    ("hearing", ("kind", "told_on", "request_due_on", "requested_on", "waived_on", "hold_due_on",
                 "notified_on", "planned_on", "place", "chair", "held_on", "is_late", "minutes",
                 "minutes_signed_on"),
     lambda case: case.hearings),
    ("interested_party", ("name", "interest", "phone", "told_on", "answer_due_on", "statement",
                          "stated_on", "has_waived"),
     lambda case: case.interested_parties),
    ("intake_answer", ("result", "number", "issued_on", "issued_by", "is_deemed", "proper_organ",
                       "reasons"),
     lambda case: case.answers),
    ("first_contact_handover", ("from_user", "to_user", "reason", "handed_on", "handed_by"),
     lambda case: case.handovers),
    ("correction_notice", ("issued_on", "issued_by", "missing", "answered_on", "reason",
                           "requested_on", "requested_by", "approved_on", "approved_by"),
     lambda case: case.notices),
    ("clock_suspension", ("kind", "started_on", "planned_end_on", "ended_on", "notice_number",
                          "reason"),
     lambda case: case.suspensions),
    ("deadline_extension", ("days", "reason", "requested_on", "requested_by", "approved_on",
                            "approved_by", "approval_document"),
     lambda case: case.extensions),
    ("green_lane", ("reason", "requested_on", "requested_by", "approved_on", "approved_by"),
     lambda case: case.green_lanes),
    ("fee_charge", ("fee_item", "quantity", "amount_fen", "charged_on", "charged_by", "paid_on",
                    "receipt_number"),
     lambda case: case.charges),
    ("service_rating", ("level", "text", "rated_on", "is_follow_up"),
     lambda case: rows_about(case, ServiceRating)),
)  # fmt: skip

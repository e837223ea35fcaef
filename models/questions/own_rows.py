"""Whose rows are whose: the conditions that follow from what the tables say of themselves."""

from sqlalchemy import ColumnElement, and_, inspect, or_, select

from models.base import Base


def own_rows(kind: type[Base], user_id: int) -> ColumnElement[bool]:
    """The rows of a table that are a person's own, as far as that person was notified of them."""
    own = _leads_to(kind, kind.policy.own, user_id)
    told_on = kind.policy.told_on
    return and_(own, getattr(kind, told_on).is_not(None)) if told_on else own


def _leads_to(kind: type[Base], way: str, user_id: int) -> ColumnElement[bool]:
    mapper = inspect(kind)
    if way not in mapper.relationships:
        own: ColumnElement[bool] = getattr(kind, way) == user_id
        return own
    relation = mapper.relationships[way]
    [(local, remote)] = relation.local_remote_pairs or ()
    reference = getattr(kind, mapper.get_property_by_column(local).key)
    target: type[Base] = relation.mapper.class_
    key = getattr(target, relation.mapper.get_property_by_column(remote).key)
    owned: ColumnElement[bool] = reference.in_(select(key).where(own_rows(target, user_id)))
    return owned


def rows_shown_to(kind: type[Base], user_id: int) -> ColumnElement[bool]:
    """The rows that one of the audience of a table sees who does not oversee it."""
    audience = kind.policy.seen_by
    assert audience is not None, "asked of tables whose rows are shown to persons"
    person = getattr(kind, audience.column)
    shown: ColumnElement[bool] = person == user_id
    return or_(person.is_(None), person != user_id) if audience.but else shown

"""The declarative base, column types and the few mixins that every table shares."""

from datetime import UTC, date, datetime
from functools import cache
from typing import Annotated, Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    MetaData,
    String,
    Text,
    TypeDecorator,
    inspect,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column

from models.enums import Named
from models.policy import Policy

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC on every database. Raises ValueError for a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


ShortText = Annotated[str, mapped_column(String(60))]
Line = Annotated[str, mapped_column(String(200))]
LongText = Annotated[str, mapped_column(Text)]


class Base(DeclarativeBase):
    """Root of every table."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: String(200),
        date: Date,
        datetime: UtcDateTime,
    }
    # What is true of the table beside its columns: each table says its own.
    policy: ClassVar[Policy]

    def __init__(self, **values: Any) -> None:
        """Take values by column or relationship; defaults count at once, so guards see them."""
        mapper = inspect(type(self))
        for key, column in mapper.columns.items():
            default = column.default
            if key not in values and default is not None and default.is_scalar:
                setattr(self, key, default.arg)  # type: ignore[attr-defined]
        for key, value in values.items():
            if key not in mapper.attrs:
                raise TypeError(f"{type(self).__name__} has no {key}")
            setattr(self, key, value)


@cache
def classes() -> dict[str, type[Base]]:
    """Table → the class of its rows. To be asked when every table is imported."""
    found = {str(m.class_.__tablename__): m.class_ for m in Base.registry.mappers}
    return {table: found[table] for table in Base.metadata.tables}


def policies() -> dict[str, Policy]:
    """Table → what it says of itself."""
    return {table: kind.policy for table, kind in classes().items()}


class Keyed:
    """A row with a surrogate key."""

    id: Mapped[int] = mapped_column(primary_key=True)


class Versioned:
    """A row that two people may edit: the version travels in the form, a stale one is refused."""

    version: Mapped[int] = mapped_column(nullable=False)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - declared_attr receives the class
        return {"version_id_col": cls.version}


def choice(vocabulary: type[Named], name: str | None = None) -> Enum:
    """An enum column type kept as text with a CHECK, so that raw SQL cannot invent a member."""
    words = "".join(f"_{c.lower()}" if c.isupper() else c for c in vocabulary.__name__)
    return Enum(
        vocabulary,
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=24,
        name=name or words.lstrip("_"),
    )


def guarded(*args: Any, **options: Any) -> MappedColumn[Any]:
    """A column whose old value a guard must see.

    Without active history an unread column has no old value after a commit, and the guard
    that compares old and new would be skipped.
    """
    return mapped_column(*args, active_history=True, **options)


def owned_by(table: str, *, index: bool = True) -> MappedColumn[int]:
    """A required reference that nothing may orphan: the parent cannot be deleted before it."""
    return guarded(ForeignKey(f"{table}.id", ondelete="RESTRICT"), index=index)


def refers_to(table: str, *, index: bool = True) -> MappedColumn[int | None]:
    """An optional reference that keeps its target from being deleted."""
    return guarded(ForeignKey(f"{table}.id", ondelete="RESTRICT"), nullable=True, index=index)


def rule(sql: str, name: str) -> CheckConstraint:
    """A CHECK that carries the name of the rule it proves."""
    return CheckConstraint(sql, name=name)


def stored(row: Base, column: str) -> Any:
    """The value of ``column`` in the database, whatever this flush is about to write; None for a
    new row."""
    state = inspect(row)
    if not state.persistent:
        return None
    deleted = state.attrs[column].history.deleted
    return deleted[0] if deleted else getattr(row, column)

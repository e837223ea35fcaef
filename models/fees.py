"""Fees: what a version publishes, and what was charged in a case (Art. 58, 59)."""

from datetime import date

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from models.application import Application
from models.base import (
    Base,
    Keyed,
    LongText,
    ShortText,
    Versioned,
    choice,
    guarded,
    owned_by,
    refers_to,
    rule,
)
from models.catalogue import ItemVersion
from models.enums import BasisLevel, Duty
from models.policy import OF_THE_CASE, OF_THE_VERSION, Deletable, Policy, System
from models.rules.duties import CATALOGUE
from models.staff import User


class FeeItem(Keyed, Versioned, Base):
    """A fee (收费项目) that a version publishes with its standard and its basis (Art. 58, 59).

    A version without one charges nothing (不收费).
    """

    __tablename__ = "fee_item"
    __table_args__ = (
        UniqueConstraint("item_version_id", "position"),
        rule("amount_fen > 0", "fee_is_positive"),
        rule("ends_on IS NULL OR ends_on >= starts_on", "fee_period_is_in_order"),
        rule("reduction = '' OR reduction_basis <> ''", "reduction_names_its_basis"),
    )
    policy = Policy(
        writers=CATALOGUE,
        part_of=OF_THE_VERSION,
        deletable=Deletable.IN_A_DRAFT_VERSION,
        title=("name",),
    )

    item_version_id: Mapped[int] = owned_by("item_version", index=False)
    position: Mapped[int] = guarded()
    name: Mapped[str] = guarded()
    name_en: Mapped[str] = guarded()
    standard: Mapped[LongText] = guarded(default="", comment="收费标准, in words")
    standard_en: Mapped[LongText] = guarded(default="")
    amount_fen: Mapped[int] = guarded(comment="of one unit, in fen")
    unit: Mapped[ShortText] = guarded(default="")
    basis: Mapped[LongText] = guarded(default="", comment="收费依据")
    basis_level: Mapped[BasisLevel] = guarded(choice(BasisLevel))
    starts_on: Mapped[date] = guarded()
    ends_on: Mapped[date | None] = guarded(comment="the last day; NULL: until further notice")
    reduction: Mapped[LongText] = guarded(default="", comment="允许减免")
    reduction_basis: Mapped[LongText] = guarded(default="")

    item_version: Mapped[ItemVersion] = relationship(back_populates="fees")

    def __str__(self) -> str:
        return self.name


class FeeCharge(Keyed, Versioned, Base):
    """A fee charged in a case. Its amount follows from the published fee and is never typed."""

    __tablename__ = "fee_charge"
    __table_args__ = (
        rule("quantity > 0", "charge_counts_something"),
        rule("(paid_on IS NULL) = (receipt_number IS NULL)", "payment_has_its_receipt"),
    )
    policy = Policy(
        writers=frozenset({Duty.ACCEPTANCE}),
        part_of=OF_THE_CASE,
        deletable=Deletable.NEVER,
        title=("application", "fee_item"),
        system=System.IMPORTS,
        derived=("amount_fen", "charged_on", "charged_by_id", "paid_on"),
        own="application",
        signed=(
            "charged_on",
            "charged_by_id",
        ),
        told=(
            "fee_item",
            "quantity",
            "amount_fen",
            "charged_on",
            "charged_by",
            "paid_on",
            "receipt_number",
        ),
    )

    application_id: Mapped[int] = owned_by("application")
    fee_item_id: Mapped[int] = owned_by("fee_item")
    quantity: Mapped[int] = guarded(default=1)
    amount_fen: Mapped[int] = guarded(comment="the fee of one unit times the quantity, in fen")
    charged_on: Mapped[date] = guarded()
    charged_by_id: Mapped[int | None] = refers_to("user_account", index=False)
    paid_on: Mapped[date | None] = guarded()
    receipt_number: Mapped[str | None] = guarded(String(40), unique=True, comment="票据号")

    application: Mapped[Application] = relationship(back_populates="charges")
    fee_item: Mapped[FeeItem] = relationship()
    charged_by: Mapped[User | None] = relationship()

    def __str__(self) -> str:
        return f"{self.amount_fen / 100:.2f}"

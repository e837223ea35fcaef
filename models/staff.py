"""Who works here: the authority, its departments and windows, accounts, duties and posts."""

from datetime import date

from sqlalchemy import Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import (
    Base,
    Keyed,
    ShortText,
    Versioned,
    choice,
    guarded,
    owned_by,
    refers_to,
    rule,
)
from models.enums import Duty
from models.policy import Deletable, Personal, Policy
from models.rules.duties import ACCESS, OFFICE


class Authority(Keyed, Versioned, Base):
    """The organ (行政机关) in whose name permits are granted."""

    __tablename__ = "authority"
    policy = Policy(writers=OFFICE, part_of=None, deletable=Deletable.NEVER, title=("name",))

    code: Mapped[ShortText] = mapped_column(unique=True, comment="GB 32100-2015 credit code")
    name: Mapped[str]
    name_en: Mapped[str]

    departments: Mapped[list["Department"]] = relationship(
        back_populates="authority", order_by="Department.id"
    )

    def __str__(self) -> str:
        return self.name


class Department(Keyed, Versioned, Base):
    """A department (科室). After the reform one of them, the permit section, owns every item."""

    __tablename__ = "department"
    policy = Policy(writers=OFFICE, part_of=None, deletable=Deletable.NEVER, title=("name",))

    authority_id: Mapped[int] = owned_by("authority")
    code: Mapped[ShortText] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    closed_on: Mapped[date | None] = mapped_column(comment="the day its powers moved away")

    authority: Mapped[Authority] = relationship(back_populates="departments")
    windows: Mapped[list["Window"]] = relationship(
        back_populates="department", order_by="Window.id"
    )

    def __str__(self) -> str:
        return self.name


class Window(Keyed, Versioned, Base):
    """A counter (窗口) where the public is served; its head is the head of the section."""

    __tablename__ = "service_window"
    policy = Policy(writers=OFFICE, part_of=None, deletable=Deletable.NEVER, title=("name",))

    department_id: Mapped[int] = owned_by("department")
    code: Mapped[ShortText] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]

    department: Mapped[Department] = relationship(back_populates="windows")
    posts: Mapped[list["Post"]] = relationship(back_populates="window", order_by="Post.id")

    def __str__(self) -> str:
        return self.name


class User(Keyed, Versioned, Base):
    """A person known to the system. Without a user name there is no account to sign in with."""

    __tablename__ = "user_account"
    __table_args__ = (
        rule("username IS NULL OR username = lower(username)", "username_is_lower_case"),
        rule("password_hash IS NULL OR username IS NOT NULL", "password_needs_a_username"),
    )
    policy = Policy(
        writers=OFFICE,
        part_of=None,
        deletable=Deletable.NEVER,
        title=("display_name",),
        personal={"phone": Personal.PHONE},
        hidden=("password_hash",),
    )

    username: Mapped[str | None] = guarded(String(60), unique=True)
    display_name: Mapped[str]
    display_name_en: Mapped[str]
    password_hash: Mapped[str | None] = guarded(String(200), comment="argon2id")
    is_active: Mapped[bool] = guarded(default=True)
    department_id: Mapped[int | None] = refers_to("department")
    phone: Mapped[str | None] = mapped_column(String(30))
    session_epoch: Mapped[int] = mapped_column(
        default=1, comment="raised to end every session of the account"
    )

    department: Mapped[Department | None] = relationship()
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", foreign_keys="RoleGrant.user_id", order_by="RoleGrant.id"
    )
    assignments: Mapped[list["PostAssignment"]] = relationship(
        back_populates="user", order_by="PostAssignment.id"
    )

    def __str__(self) -> str:
        return self.display_name


class RoleGrant(Keyed, Versioned, Base):
    """A duty given to an account for a period (授权): it opens tables and verbs of the panel."""

    __tablename__ = "role_grant"
    __table_args__ = (
        rule("valid_until IS NULL OR valid_until >= valid_from", "period_is_in_order"),
        UniqueConstraint("user_id", "duty", "valid_from"),
    )
    policy = Policy(writers=ACCESS, part_of=None, deletable=Deletable.NEVER, title=("user", "duty"))

    user_id: Mapped[int] = owned_by("user_account")
    duty: Mapped[Duty] = guarded(choice(Duty))
    valid_from: Mapped[date] = guarded()
    valid_until: Mapped[date | None] = guarded(comment="the last day on which it holds")

    user: Mapped[User] = relationship(back_populates="grants")

    def __str__(self) -> str:
        return f"{self.duty} {self.valid_from}"


class Post(Keyed, Versioned, Base):
    """A post (岗位) at a window. Work goes to posts, not to persons."""

    __tablename__ = "post"
    __table_args__ = (
        rule(
            "duty IN ('GUIDANCE', 'ACCEPTANCE', 'REVIEW', 'DECISION')",
            "duty_is_one_of_the_four_posts",
        ),
        Index("uq_post_window_duty_name", "window_id", "duty", "name", unique=True),
    )
    policy = Policy(writers=ACCESS, part_of=None, deletable=Deletable.NEVER, title=("name",))

    window_id: Mapped[int] = owned_by("service_window")
    duty: Mapped[Duty] = guarded(choice(Duty))
    name: Mapped[str]
    name_en: Mapped[str]

    window: Mapped[Window] = relationship(back_populates="posts")
    assignments: Mapped[list["PostAssignment"]] = relationship(
        back_populates="post", order_by="PostAssignment.id"
    )

    def __str__(self) -> str:
        return self.name


class PostAssignment(Keyed, Versioned, Base):
    """A person holds a post for a period; outside it no step of that post is that person's."""

    __tablename__ = "post_assignment"
    __table_args__ = (
        rule("valid_until IS NULL OR valid_until >= valid_from", "period_is_in_order"),
        UniqueConstraint("user_id", "post_id", "valid_from"),
        Index(
            "ix_post_assignment_without_end",
            "user_id",
            sqlite_where=text("valid_until IS NULL"),
            postgresql_where=text("valid_until IS NULL"),
        ),
    )
    policy = Policy(writers=ACCESS, part_of=None, deletable=Deletable.NEVER, title=("user", "post"))

    user_id: Mapped[int] = owned_by("user_account", index=False)
    post_id: Mapped[int] = owned_by("post")
    valid_from: Mapped[date] = guarded()
    valid_until: Mapped[date | None] = guarded(comment="the last day on which it holds")

    user: Mapped[User] = relationship(back_populates="assignments")
    post: Mapped[Post] = relationship(back_populates="assignments")

    def __str__(self) -> str:
        return f"{self.post_id} {self.valid_from}"

"""Invented rows for tests. A state is reached by walking lawful moves, never by setting it."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models import (
    Applicant,
    Application,
    ApplicationStep,
    Authority,
    CalendarDay,
    CalendarNotice,
    CalendarYear,
    Department,
    ItemVersion,
    LicenceItem,
    MaterialRequirement,
    Post,
    PostAssignment,
    RoleGrant,
    StepDefinition,
    Termination,
    User,
    Window,
    Withdrawal,
    acts,
)
from models.acting import SYSTEM, acting_as
from models.database import GuardedSession, reading
from models.enums import (
    ApplicantKind,
    ApplicationStatus,
    Channel,
    DecisionOutcome,
    Duty,
    ItemCategory,
    Origin,
    ServiceObject,
    StepStatus,
    SuspensionKind,
    TerminationGround,
    VersionStatus,
)
from models.errors import RuleViolation
from models.questions.materials import missing_of
from models.questions.people import actor_of, user_named
from models.rules.codes import USCC_ALPHABET, uscc_check_character
from models.rules.statutory_holidays import confirmed_years
from tests.databases import TABLES, make_tables, rows_of_all
from tests.notices import holiday_json

DAY_ONE = date(2019, 1, 1)
# An ordinary week: five working days ahead, no holiday near.
MONDAY = date(2025, 3, 3)

# Account → its duty. The four posts of the line are held by those whose duty they are.
PEOPLE: dict[str, Duty] = {
    "guide": Duty.GUIDANCE,
    "clerk": Duty.ACCEPTANCE,
    "clerk2": Duty.ACCEPTANCE,
    "reviewer": Duty.REVIEW,
    "reviewer2": Duty.REVIEW,
    "decider": Duty.DECISION,
    "head": Duty.HEAD,
    "leader": Duty.LEADER,
    "manager": Duty.SUPERVISION,
    "committee": Duty.COMMITTEE,
    "admin": Duty.CATALOGUE,
    "admin2": Duty.CATALOGUE,
    "system": Duty.SYSTEM,
    "security": Duty.SECURITY,
    "auditor": Duty.AUDIT,
    "applicant": Duty.APPLICANT,
    "applicant2": Duty.APPLICANT,
}
POSTS = (Duty.GUIDANCE, Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION)

# The item of an office that offers one: most tests ask for no other.
PLAIN_ITEM = "X0"

# (stage, duty, working days): the shortest line of posts.
LINE = ((1, Duty.ACCEPTANCE, 1), (2, Duty.REVIEW, 5), (3, Duty.DECISION, 2))


# What a termination is proved by, beside its ground and its reasons.
TERMINATION: dict[str, Any] = {
    "proof_number": "证明1号",
    "proof_on": DAY_ONE,
    "legal_basis": "《蜂蜜加工条例》第九条",
}


@dataclass
class Office:
    """A permit office with its people, in one session."""

    session: Session
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _plain_item_is_free: bool = True

    def user(self, name: str) -> User:
        """The account of that name."""
        found = user_named(self.session, name)
        assert found is not None, f"nobody is called {name}"
        return found

    def act(self, name: str, day: date) -> AbstractContextManager[Session]:
        """Act as a person with the duties and posts that he holds on the day."""
        return acting_as(self.session, actor_of(self.session, self.user(name), day), day)

    @contextmanager
    def acts(self, name: str, day: date) -> Iterator[Session]:
        """Act as a person, and commit at the end."""
        with self.act(name, day):
            yield self.session
            self.session.commit()

    @contextmanager
    def time_acts(self, day: date) -> Iterator[Session]:
        """Act as SYSTEM, and commit at the end."""
        with acting_as(self.session, SYSTEM, day):
            yield self.session
            self.session.commit()

    @contextmanager
    def refuses(self, code: str, name: str | None, day: date = MONDAY) -> Iterator[Session]:
        """What ``name`` (None: SYSTEM) does inside is refused with this code, and no row of the
        whole database is another one afterwards."""
        self.session.commit()
        before = self.stored()
        actor = SYSTEM if name is None else actor_of(self.session, self.user(name), day)
        with acting_as(self.session, actor, day):
            with pytest.raises(RuleViolation) as refusal:  # noqa: PT012 - the act is the caller's
                yield self.session
                self.session.commit()
            self.session.rollback()
        assert refusal.value.code == code, refusal.value
        assert self.stored() == before

    def stored(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of the database, read by another connection."""
        engine = self.session.get_bind()
        assert isinstance(engine, Engine)
        with reading(), engine.connect() as connection:
            return rows_of_all(connection, [t for t in TABLES if t != "calendar_day"])

    def department(self) -> Department:
        """The one department that owns every item; a log that is imported brings its own."""
        return self.session.scalars(select(Department).order_by(Department.id).limit(1)).one()

    def applicant(self, name: str = "青石食品有限公司", user: User | None = None) -> Applicant:
        """An enterprise with a credit code that checks."""
        body = f"91350100M{next(self._numbers):07d}0"
        assert all(letter in USCC_ALPHABET for letter in body)
        with self.acts("clerk", DAY_ONE):
            applicant = Applicant(
                kind=ApplicantKind.ORGANISATION,
                name=name,
                identity_number=body + uscc_check_character(body),
                user=user,
            )
            self.session.add(applicant)
        return applicant

    def person(self, number: str | None = "11010519491231002X", **values: Any) -> Applicant:
        """A natural person, with the ID number of the standard's own sample."""
        person = Applicant(
            kind=ApplicantKind.PERSON, **{"name": "柳试验", "identity_number": number} | values
        )
        with self.acts("clerk", DAY_ONE):
            self.session.add(person)
        return person

    def draft(
        self,
        *,
        promised: int | None = 15,
        statutory: int | None = 20,
        steps: Sequence[tuple[int, Duty | None, int | None]] = LINE,
        materials: Sequence[dict[str, Any]] = ({},),
        item: dict[str, Any] | None = None,
        **version: Any,
    ) -> ItemVersion:
        """A draft of a new item, written by ``admin``."""
        number = next(self._numbers)
        row = LicenceItem(
            **{
                "code": f"X{number}",
                "name": "蜂蜜加工许可",
                "name_en": "Honey processing permit",
                "category": ItemCategory.PRODUCTION,
                "department": self.department(),
                "number_prefix": f"T{number}",
                **(item or {}),
            }
        )
        values = {
            "certificate_series": f"S{number}",
            "certificate_name": "蜂蜜加工许可证",
            "service_object": ServiceObject.BOTH,
            # What Art. 30 and 31 want told; conditions proper are named by whoever needs them.
            "legal_basis": "《蜂蜜加工条例》第三条",
            "condition_note": "材料齐全即可",
            "form_sample": "申请书示范文本",
        }
        draft = ItemVersion(
            licence_item=row,
            statutory_limit=statutory,
            promised_limit=promised,
            **(values | version),
        )
        draft.steps = [
            StepDefinition(
                position=position,
                stage_number=stage,
                name=f"环节{position}",
                name_en=f"Step {position}",
                duty=duty,
                limit_days=days,
            )
            for position, (stage, duty, days) in enumerate(steps, start=1)
        ]
        draft.materials = [
            MaterialRequirement(
                **{
                    "position": position,
                    "name": f"材料{position}",
                    "name_en": "Paper",
                    "legal_basis": "《蜂蜜加工条例》第四条",
                    **values,
                }
            )
            for position, values in enumerate(materials, start=1)
        ]
        with self.acts("admin", DAY_ONE):
            self.session.add(draft)
        return draft

    def item(self, **values: Any) -> LicenceItem:
        """An item whose version ``admin`` drafted and ``admin2`` published."""
        if not values and self._plain_item_is_free:
            self._plain_item_is_free = False
            found = self.session.scalar(select(LicenceItem).where(LicenceItem.code == PLAIN_ITEM))
            if found is not None:
                return found
        draft = self.draft(**values)
        with self.acts("admin2", DAY_ONE):
            draft.status = VersionStatus.PUBLISHED
        return draft.licence_item

    def holds_too(self, name: str, duty: Duty, until: date | None = None) -> None:
        """A person holds a further duty of the line, with its post, up to a last day."""
        user, period = self.user(name), {"valid_from": DAY_ONE, "valid_until": until}
        post = self.session.scalars(select(Post).where(Post.duty == duty)).one()
        with self.acts("security", MONDAY):
            self.session.add(RoleGrant(user=user, duty=duty, **period))
        with self.acts("security", MONDAY):
            self.session.add(PostAssignment(user=user, post=post, **period))

    # --- the life of a case -----------------------------------------------------------------

    def received(
        self,
        day: date = MONDAY,
        item: LicenceItem | None = None,
        *,
        applicant: Applicant | None = None,
        complete: bool = True,
        channel: Channel = Channel.WINDOW,
        **values: Any,
    ) -> Application:
        """A case taken in by ``clerk``; ``values`` describe its item when there is none yet."""
        item = item or self.item(**values)
        applicant = applicant or self.applicant()
        with self.acts("clerk", day) as session:
            case = acts.intake.receive(session, item, applicant, channel=channel)
            if complete:
                case.item_version = item.versions[-1]
                for requirement in case.item_version.materials:
                    acts.intake.hand_in(case, requirement)
        return case

    def correcting(self, day: date = MONDAY, **values: Any) -> Application:
        """A case whose applicant was told what is missing."""
        case = self.received(day, complete=False, **values)
        with self.acts("clerk", day):
            acts.intake.ask_correction(case, "缺少申请书")
        return case

    def answer(self, case: Application, day: date = MONDAY, words: str = "") -> None:
        """The correction is answered with the first of what its notice asked for."""
        with self.acts("clerk", day):
            acts.intake.answer_correction(case, missing_of(case)[:1], words)

    def answered(self, day: date = MONDAY, **values: Any) -> Application:
        """A case of two materials whose first notice was answered with one of them."""
        case = self.correcting(day, materials=({}, {}), **values)
        self.answer(case, day)
        return case

    def accepted(self, day: date = MONDAY, item: LicenceItem | None = None, **values: Any) -> Any:
        """A case accepted by ``clerk`` on the day on which it came in."""
        case = self.received(day, item, **values)
        with self.acts("clerk", day):
            acts.intake.move(case, ApplicationStatus.ACCEPTED)
        return case

    def reviewed(self, day: date = MONDAY, item: LicenceItem | None = None, **values: Any) -> Any:
        """A case of which ``reviewer`` has finished every review step."""
        case = self.accepted(day, item, **values)
        self.review(case, day)
        return case

    def granted(self, day: date = MONDAY, item: LicenceItem | None = None, **values: Any) -> Any:
        """A case granted by ``decider``."""
        case = self.reviewed(day, item, **values)
        with self.acts("decider", day):
            acts.decision.decide(case, DecisionOutcome.GRANTED)
        return case

    def delivered(self, day: date = MONDAY, item: LicenceItem | None = None, **values: Any) -> Any:
        """A case that ended with its certificate in the holder's hand."""
        case = self.granted(day, item, **values)
        with self.acts("clerk", day):
            acts.decision.deliver(case)
        return case

    def review(self, case: Application, day: date, name: str = "reviewer") -> None:
        """Claim and finish every review step that is open, stage by stage."""
        while step := open_step(case, Duty.REVIEW):
            with self.acts(name, day) as session:
                acts.steps.claim(session, step)
            with self.acts(name, day):
                acts.steps.complete(step, "符合条件")

    def withdraw(self, case: Application, day: date) -> None:
        """The applicant's written request, entered by ``clerk`` and, where it waits for a second
        person, approved by ``head``."""
        with self.acts("clerk", day):
            acts.ending.enter_withdrawal(case, "撤回申请书1号", day)
        self.approve(case.withdrawals[-1], day)

    def terminate(
        self,
        case: Application,
        day: date,
        ground: TerminationGround = TerminationGround.APPLICANT_ENDED,
    ) -> None:
        """A termination proposed by ``decider`` and approved by ``head``, or ``leader``."""
        with self.acts("decider", day):
            acts.ending.terminate(case, ground, "申请人已经依法注销。", **TERMINATION)
        self.approve(
            case.terminations[-1], day, "leader" if ground is TerminationGround.OTHER else "head"
        )

    def approve(self, proposal: Termination | Withdrawal, day: date, name: str = "head") -> None:
        """A second person says yes, where one is needed."""
        if proposal.application.closed_on is None:
            with self.acts(name, day) as session:
                acts.ending.approve(session, proposal)

    def suspend(self, case: Application, day: date, until: date) -> None:
        """Stop the clock for an inspection."""
        with self.acts("reviewer", day):
            acts.clock.suspend(
                case, SuspensionKind.INSPECTION, planned_end_on=until, notice_number="检通1号"
            )

    def resume(self, case: Application, day: date) -> None:
        """Let the clock run again."""
        with self.acts("reviewer", day) as session:
            acts.clock.resume(session, case)

    def pause(self, case: Application, start: date, end: date) -> None:
        """An inspection from its first to its last day."""
        self.suspend(case, start, end)
        self.resume(case, end)

    def extend(self, case: Application, day: date, days: int, document: str = "") -> None:
        """An extension asked for by ``reviewer`` and approved by ``leader``."""
        with self.acts("reviewer", day):
            acts.clock.ask_extension(case, days, "需专家论证")
        with self.acts("leader", day) as session:
            acts.clock.approve_extension(session, case.extensions[0], document)

    # --- the calendar ------------------------------------------------------------------------

    def notice(self, year: int, changes: dict[date, bool], on: date) -> CalendarNotice:
        """A notice that ``system`` hands in: the days of the year as they are, but for these;
        True: worked, False: off."""
        rows = select(CalendarDay).join(CalendarDay.calendar_year).where(CalendarYear.year == year)
        days = {row.day: (row.is_working, row.name) for row in self.session.scalars(rows)}
        for day, works in changes.items():
            days.pop(day, None)
            if not works or day.weekday() > 4:  # else it is as its weekday says
                days[day] = (works, "临时")
        with self.acts("system", on) as session:
            return acts.calendar.propose(session, holiday_json(year, days), f"国办通知{year}")

    def change_calendar(self, changes: dict[date, bool], on: date) -> CalendarNotice:
        """The same notice, confirmed by ``head`` at once."""
        notice = self.notice(min(changes).year, changes, on)
        with self.acts("head", on) as session:
            acts.calendar.confirm(session, notice)
        return notice


def open_step(case: Application, duty: Duty) -> ApplicationStep | None:
    """The first open step of a duty."""
    return next(
        (s for s in case.steps if s.duty is duty and s.status is StepStatus.OPEN),
        None,
    )


def fill_office(engine: Engine) -> None:
    """Tables, people, posts and the confirmed calendar, as an installation gets them."""
    make_tables(engine)
    with GuardedSession(engine) as session, acting_as(session, SYSTEM, DAY_ONE):
        authority = Authority(code="11350100000000000X", name="青石市局", name_en="Bureau")
        department = Department(
            authority=authority, code="XK", name="行政许可科", name_en="Permit section"
        )
        window = Window(department=department, code="W1", name="一号窗口", name_en="Window 1")
        posts = {
            duty: Post(window=window, duty=duty, name=f"{duty}岗", name_en=duty) for duty in POSTS
        }
        session.add_all([authority, *posts.values()])
        for name, duty in PEOPLE.items():
            user = User(
                username=name, display_name=f"{name}员", display_name_en=name, department=department
            )
            session.add(RoleGrant(user=user, duty=duty, valid_from=DAY_ONE))
            if duty in posts:
                session.add(PostAssignment(user=user, post=posts[duty], valid_from=DAY_ONE))
        for year in confirmed_years():
            row = CalendarYear(year=year.year, is_confirmed=True, source="国办通知")
            row.days = [
                CalendarDay(day=day, is_working=works, name=name)
                for day, (works, name) in year.exceptions.items()
            ]
            session.add(row)
        session.commit()


def fill_offering_office(engine: Engine) -> None:
    """An office that offers one plain item."""
    fill_office(engine)
    with GuardedSession(engine) as session:
        Office(session, _numbers=count(0), _plain_item_is_free=False).item()


def recorded_case(item: LicenceItem, **changes: Any) -> Application:
    """A case as the import of another system's record makes it; it is added to no session."""
    given: dict[str, Any] = {
        "number": "L-1",
        "licence_item": item,
        "item_version": item.versions[0],
        "origin": Origin.IMPORTED,
        "log_name": "log",
        "external_id": "1",
        "status": ApplicationStatus.ACCEPTED,
        "channel": None,
        "received_on": MONDAY,
    }
    return Application(**given | changes)

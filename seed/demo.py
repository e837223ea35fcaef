"""The demonstration: cases in every state, with dates relative to today."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Applicant, Application, LicenceItem, RoleGrant, User
from models.acting import SYSTEM, Actor, acting_as
from models.calendar import working_calendar
from models.enums import Channel, Duty
from models.queries import actor_of, user_named
from models.rules.working_days import Calendar
from seed.people import organisations, persons
from seed.reference import load_calendar, load_catalogue
from seed.stories import Cast, Story, play

INDUSTRY, FOOD, EQUIPMENT = "industrial-product", "food-production", "equipment-registration"
ORGANISATIONS = 600
PLAYERS = (Duty.ACCEPTANCE, Duty.REVIEW, Duty.DECISION, Duty.HEAD)

_DONE = ((1, "accept"), (2, "claim"), (3, "review"), (4, "grant"), (5, "deliver"))

# Each row is a state that somebody should be able to see; limits are those of the catalogue:
# industrial products 20 working days, food 8, equipment 5.
STORIES = (
    Story(FOOD, 0, ((0, "leave_as_draft"),), Channel.ONLINE, 0, "糕点生产线新增（草稿）"),
    Story(INDUSTRY, 1, (), Channel.ONLINE, 0, "危险化学品包装物，新办"),
    Story(EQUIPMENT, 4, (), Channel.WINDOW, 1, "起重机首次启用"),
    Story(FOOD, 3, ((1, "ask_correction"),), Channel.ONLINE, 0, "乳制品，缺材料待补正"),
    Story(FOOD, 12, ((1, "ask_correction"), (4, "answer"), (5, "accept")), Channel.WINDOW, 0, "补正后受理"),
    Story(EQUIPMENT, 40, ((1, "ask_correction"), (32, "end_unanswered")), Channel.POST, 0, "逾期未补正，终止"),
    Story(FOOD, 9, ((6, "deem_accepted"),), Channel.ONLINE, 1, "五日未告知，视为受理"),
    Story(INDUSTRY, 3, ((1, "accept"), (2, "claim")), Channel.ONLINE, 1, "电线电缆，期限跨入未公布年份"),
    Story(INDUSTRY, 14, ((2, "accept"), (3, "claim")), Channel.ONLINE, 0, "人民币鉴别仪，在办"),
    Story(EQUIPMENT, 3, ((1, "accept"),), Channel.WINDOW, 0, "电梯使用登记，待领取"),
    # due today, and due within the warning days
    Story(EQUIPMENT, 6, ((1, "accept"), (2, "claim")), Channel.WINDOW, 0, "叉车使用登记，今日到期"),
    Story(FOOD, 9, ((1, "accept"), (2, "claim"), (5, "review")), Channel.ONLINE, 1, "今日到期，待决定"),
    Story(FOOD, 7, ((1, "accept"), (2, "claim")), Channel.ONLINE, 0, "临期"),
    Story(EQUIPMENT, 5, ((1, "accept"), (2, "claim")), Channel.WINDOW, 2, "锅炉使用登记，临期"),
    # overdue, some past the law too
    Story(EQUIPMENT, 10, ((1, "accept"), (2, "claim")), Channel.ONLINE, 1, "压力容器，逾承诺期限"),
    Story(FOOD, 13, ((1, "accept"), (2, "claim"), (6, "review")), Channel.WINDOW, 0, "超过法定期限，待决定"),
    Story(INDUSTRY, 26, ((2, "accept"), (3, "claim")), Channel.ONLINE, 1, "防爆电气，逾承诺期限"),
    Story(FOOD, 16, ((2, "accept"),), Channel.POST, 0, "无人领取，超过法定期限"),
    # paused, resumed, overrun
    Story(INDUSTRY, 12, ((2, "accept"), (3, "claim"), (8, "suspend")), Channel.ONLINE, 0, "检验中，暂停计时"),
    Story(INDUSTRY, 20, ((2, "accept"), (3, "claim"), (6, "suspend_briefly")), Channel.ONLINE, 2, "检验超过告知的期限"),
    Story(INDUSTRY, 25, ((2, "accept"), (3, "claim"), (6, "suspend"), (14, "resume")), Channel.WINDOW, 0, "检验结束，恢复计时"),
    # extension
    Story(INDUSTRY, 24, ((2, "accept"), (3, "claim"), (18, "ask_extension"), (20, "approve_extension")), Channel.ONLINE, 1, "经批准延期五日"),
    Story(INDUSTRY, 17, ((2, "accept"), (3, "claim"), (15, "ask_extension")), Channel.ONLINE, 0, "延期待批准"),
    # decided, to be delivered; one late with its delivery
    Story(FOOD, 8, ((1, "accept"), (2, "claim"), (4, "review"), (6, "grant")), Channel.ONLINE, 0, "已准予，待送达"),
    Story(EQUIPMENT, 20, ((1, "accept"), (2, "claim"), (3, "review"), (5, "grant")), Channel.WINDOW, 1, "送达逾期"),
    # ended in every way
    Story(FOOD, 30, _DONE, Channel.ONLINE, 0, "饮料生产许可"),
    Story(EQUIPMENT, 22, _DONE, Channel.WINDOW, 1, "电梯使用登记"),
    Story(INDUSTRY, 45, ((2, "accept"), (3, "claim"), (15, "review"), (17, "grant"), (20, "send")), Channel.ONLINE, 0, "化肥生产许可"),
    Story(EQUIPMENT, 28, ((1, "accept"), (2, "claim"), (9, "review"), (10, "grant"), (11, "deliver")), Channel.ONLINE, 0, "逾期后办结"),
    Story(FOOD, 27, ((1, "accept"), (2, "claim"), (5, "review"), (6, "refuse")), Channel.WINDOW, 1, "不予许可"),
    Story(EQUIPMENT, 15, ((1, "not_accept"),), Channel.WINDOW, 0, "不属于本机关职权，不予受理"),
    Story(FOOD, 18, ((1, "accept"), (3, "withdraw")), Channel.ONLINE, 0, "申请人撤回"),
)  # fmt: skip


def load_demo(session: Session, today: date, timezone: tzinfo) -> bool:
    """Fill the demonstration office with cases, unless it has some. The people must be there."""
    load_calendar(session, today)
    load_catalogue(session, today, _account(session, "admin"), _account(session, "admin2"))
    if session.scalar(select(Application.id).limit(1)) is not None:
        return False
    applicants = _load_applicants(session, today)
    cast = cast_of(session, today, timezone)
    for story, applicant in zip(_stories(cast.calendar, today), applicants, strict=False):
        play(session, story, applicant, cast, today)
    return True


def _stories(calendar: Calendar, today: date) -> Sequence[Story]:
    make_up_day = _last_make_up_day(calendar, today)
    if make_up_day is None:
        return STORIES
    begins = max(calendar.count(make_up_day, today) + 5, 20)
    acts = ((2, "accept"), (3, "claim"), (16, "review"), (18, "grant"), (20, "deliver"))
    return (*STORIES, Story(INDUSTRY, begins, acts, Channel.ONLINE, 0, "跨节假日和调休上班日"))


def _last_make_up_day(calendar: Calendar, today: date) -> date | None:
    """The last working day at a weekend, if the past two years have one."""
    days = (today - timedelta(days=n) for n in range(1, 730))
    return next((d for d in days if d.weekday() >= 5 and calendar.is_working_day(d)), None)


def _load_applicants(session: Session, today: date) -> list[Applicant]:
    people = [*organisations(ORGANISATIONS), *persons()]
    # The two applicants' accounts stand for the first two organisations with several cases.
    for index, username in enumerate(("applicant", "applicant2")):
        people[index].user = user_named(session, username)
    with acting_as(session, SYSTEM, today):
        session.add_all(people)
        session.commit()
    return people


def cast_of(session: Session, today: date, timezone: tzinfo) -> Cast:
    """The officers of each duty, the items, and the calendar."""
    items = session.scalars(select(LicenceItem).order_by(LicenceItem.id))
    return Cast(
        items={item.code: item for item in items},
        actors={duty: _actors(session, duty, today) for duty in PLAYERS},
        calendar=working_calendar(session),
        timezone=timezone,
    )


def _actors(session: Session, duty: Duty, today: date) -> Sequence[Actor]:
    users = session.scalars(
        select(User).join(RoleGrant, RoleGrant.user_id == User.id)
        .where(RoleGrant.duty == duty, User.is_active)
        .order_by(User.id)
    )  # fmt: skip
    return [actor_of(session, user, today) for user in users]


def _account(session: Session, username: str) -> User:
    found = user_named(session, username)
    assert found is not None, f"the demonstration has an account {username}"
    return found

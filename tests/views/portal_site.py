"""The site as the public meets it: persons and organisations, granted, refused and secret."""

import re
from html import unescape
from itertools import count

from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from models import Applicant, Application, Certificate, LicenceItem, acts
from models.database import GuardedSession, db
from models.enums import ApplicantKind, ApplicationStatus, DecisionOutcome, Duty, Origin
from models.rules.codes import id_check_character
from tests.factories import DAY_ONE, LINE, MONDAY, Office
from tests.web import Browser, fill_site

PHONE, BODY = "19900001234", "99000019640101007"
ID_NUMBER = BODY + id_check_character(BODY)
PERSON_NAME, SECRET_NAME, REFUSED_NAME = "柳试验", "静默研究所", "落选机械厂"
MISSING = "缺少申请书"
# 预先指导 comes before the case: the public sees no post of the office.
GUIDED_LINE = ((0, Duty.GUIDANCE, 0), *LINE)


def fill_portal(engine: Engine) -> None:
    """What the site has, and what the public may see or not."""
    fill_site(engine)
    with GuardedSession(engine) as session:
        office = Office(session, count(700))
        item = office.item(
            steps=GUIDED_LINE,
            item={"code": "kiln", "name": "窑炉许可", "name_en": "Kiln permit"},
            legal_basis="《窑炉条例》第三条",
            materials=(
                {"name": "申请书", "name_en": "Application form"},
                {
                    "name": "委托书",
                    "name_en": "Power of attorney",
                    "necessity": "CONDITIONAL",
                    "condition": "委托办理",
                    "condition_en": "Application by an agent",
                    "situation": "AGENT",
                },
                {"name": "健康证明", "name_en": "Health record", "necessity": "DEFERRABLE"},
            ),
            certificate_months=12,
        )
        office.item(
            item={"code": "old", "name": "旧窑登记", "name_en": "Old kiln", "ended_on": DAY_ONE}
        )
        office.draft(item={"code": "unborn"})
        office.item(item={"code": "log", "is_offered": False, "origin": Origin.IMPORTED})
        person = _person(office)
        office.delivered(item=item, applicant=person)
        office.received(item=item, applicant=person)
        office.granted(item=item, applicant=office.applicant("长河窑业有限公司"))
        secret = office.reviewed(item=item, applicant=office.applicant(SECRET_NAME))
        with office.acts("clerk", MONDAY):
            acts.publicity.keep_out_of_the_register(secret, "涉及国家秘密")
        with office.acts("decider", MONDAY):
            acts.decision.decide(secret, DecisionOutcome.GRANTED)
        refused = office.reviewed(
            item=item, applicant=office.applicant(REFUSED_NAME, user=office.user("applicant2"))
        )
        with office.acts("decider", MONDAY):
            acts.decision.decide(
                refused,
                DecisionOutcome.REFUSED,
                reasons="窑炉不符合要求",
                legal_basis="《窑炉条例》第三条",
                remedies="六十日内申请行政复议",
            )
        own = office.applicant("自有窑厂", user=office.user("applicant"))
        office.correcting(item=item, applicant=own)
        office.suspend(office.accepted(item=item, applicant=own), MONDAY, MONDAY)
        _one_that_lacks_what_may_follow(office, item)


def _one_that_lacks_what_may_follow(office: Office, item: LicenceItem) -> None:
    late = office.applicant("迟交窑厂", user=office.user("applicant"))
    case = office.received(item=item, applicant=late, complete=False)
    with office.acts("clerk", MONDAY):
        acts.intake.hand_in_required(case)
    with office.acts("clerk", MONDAY):
        acts.intake.move(case, ApplicationStatus.ACCEPTED)


def _person(office: Office) -> Applicant:
    with office.acts("clerk", DAY_ONE) as session:
        person = Applicant(
            kind=ApplicantKind.PERSON,
            name=PERSON_NAME,
            identity_number=ID_NUMBER,
            phone=PHONE,
            address="无名市无名路一号",
        )
        session.add(person)
    return person


def case_of(site: Flask, name: str, **values: object) -> Application:
    """The first case of the applicant of that name."""
    with site.app_context():
        found = db.session.scalars(
            select(Application)
            .join(Applicant, Applicant.id == Application.applicant_id)
            .filter(Applicant.name == name)
            .filter_by(**values)
            .order_by(Application.id)
        ).first()
        assert found is not None
        return found


def paper_of(site: Flask, name: str) -> Certificate:
    """The certificate of the holder of that name."""
    with site.app_context():
        return db.session.scalars(select(Certificate).filter_by(holder_name=name)).one()


def words_of(answer: TestResponse) -> str:
    """What a page says, without its marks."""
    body = re.sub(r"(?s)<head>.*?</head>|<svg.*?</svg>|<[^>]+>", " ", answer.text)
    return " ".join(unescape(body).split())


def in_english(browser: Browser) -> Browser:
    """The same visitor, who reads English."""
    browser.get("/language/en")
    return browser

"""What can be done on a day of a story: certificates after their issue, and supervision."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select

from models import acts
from models.application import Application
from models.complaints import Complaint
from models.enums import (
    ApplicationStatus,
    CertificateStatus,
    CheckKind,
    CheckResult,
    Duty,
    LinkKind,
    OrderKind,
    RatingLevel,
)
from models.enums import CertificateChangeKind as Kind
from models.enums import CertificateGround as Ground
from models.orders import SupervisionOrder
from models.ratings import Rectification, ServiceRating
from models.recusal import ApplicantLink
from models.rules.renewal import ONE_DAY
from models.supervision import SupervisionInspector, SupervisionRecord
from seed.scene import Deed, Scene, Words

REMEDIES = "对本决定不服的，可以自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。"

# --- certificates --------------------------------------------------------------------------------


def _propose(kind: Kind, ground: Ground, basis: str, reasons: str) -> Callable[[Scene], None]:
    def propose(scene: Scene) -> None:
        acts.certificate.propose(
            scene.certificate, kind, ground, legal_basis=basis, reasons=reasons, remedies=REMEDIES
        )

    return propose


def _cancel(ground: Ground, reasons: str) -> Callable[[Scene], None]:
    def cancel(scene: Scene) -> None:
        basis = "《行政许可法》第七十条"
        acts.certificate.cancel(scene.certificate, ground, legal_basis=basis, reasons=reasons)

    return cancel


def _approve_change(scene: Scene) -> None:
    acts.certificate.approve(scene.session, scene.certificate.changes[-1])


def _expire(scene: Scene) -> None:
    scene.certificate.status = CertificateStatus.EXPIRED


def _after_the_last_valid_day(case: Application) -> date:
    paper = case.prior_certificate or case.certificate
    assert paper is not None, "the story has a certificate"
    assert paper.valid_until is not None, "it ends"
    return paper.valid_until + ONE_DAY


def _renew_by_silence(scene: Scene) -> None:
    scene.case.status = ApplicationStatus.GRANTED


CERTIFICATES: Words = {
    "propose_suspension": (
        Deed(
            Duty.REVIEW,
            _propose(
                Kind.SUSPEND,
                Ground.CONDITIONS_NOT_KEPT,
                "《行政许可法》第六十六条",
                "监督检查发现不再持续符合许可条件，责令限期改正。",
            ),
        ),
    ),
    "propose_revocation": (
        Deed(
            Duty.REVIEW,
            _propose(
                Kind.REVOKE,
                Ground.FRAUD_OR_BRIBERY,
                "《行政许可法》第六十九条第二款",
                "以欺骗手段取得许可，查证属实。",
            ),
        ),
    ),
    "approve_change": (Deed(Duty.HEAD, _approve_change),),
    "cancel_revoked": (
        Deed(Duty.ACCEPTANCE, _cancel(Ground.PERMIT_ENDED, "许可已被撤销，依法注销。")),
    ),
    "cancel_expired": (
        Deed(Duty.ACCEPTANCE, _cancel(Ground.EXPIRED_NOT_RENEWED, "有效期届满未延续，依法注销。")),
    ),
    "expire": (Deed(None, _expire, on=_after_the_last_valid_day),),
    "renew_by_silence": (Deed(None, _renew_by_silence, on=_after_the_last_valid_day),),
}


# --- supervision ---------------------------------------------------------------------------------


def _order(scene: Scene) -> None:
    acts.supervision.order(
        scene.session,
        scene.officer(Duty.REVIEW),
        "请说明逾期原因，并提出办结时间。",
        kind=OrderKind.EXPLAIN,
        application=scene.case,
    )


def _order_of(scene: Scene) -> SupervisionOrder:
    return scene.session.scalars(
        select(SupervisionOrder).where(SupervisionOrder.application_id == scene.case.id)
    ).one()


def _check_holder(scene: Scene) -> None:
    record = SupervisionRecord(
        certificate=scene.certificate,
        visited_on=scene.today,
        kind=CheckKind.SITE_VISIT,
        findings="设备运行正常，安全管理制度健全。",
        result=CheckResult.CONFORMS,
    )
    record.inspectors = [
        SupervisionInspector(user=scene.officer(Duty.REVIEW, turn)) for turn in (0, 1)
    ]
    scene.session.add(record)


def _sign(scene: Scene) -> None:
    record = scene.session.scalars(
        select(SupervisionRecord).where(SupervisionRecord.certificate_id == scene.certificate.id)
    ).one()
    acts.supervision.sign(scene.session, record)


def _complain(scene: Scene) -> None:
    scene.session.add(Complaint(application=scene.case, text="办理进度查询不便，电话无人接听。"))


def _complaint_of(scene: Scene) -> Complaint:
    return scene.session.scalars(
        select(Complaint).where(Complaint.application_id == scene.case.id)
    ).one()


def _answer_complaint(scene: Scene) -> None:
    acts.supervision.answer_complaint(_complaint_of(scene), "已增设咨询专线，并向投诉人说明。")


def _declare_link(scene: Scene) -> None:
    scene.session.add(
        ApplicantLink(
            user=scene.officer(Duty.REVIEW, 1),
            applicant=scene.case.applicant,
            relation=LinkKind.RELATIVE,
            note="配偶任该单位安全管理员",
            since=scene.today,
        )
    )


def _rate(level: RatingLevel, text: str = "") -> Callable[[Scene], object]:
    return lambda scene: acts.supervision.rate(scene.session, scene.case, level, text)


def _rectification_of(scene: Scene) -> Rectification:
    return scene.session.scalars(
        select(Rectification)
        .join(ServiceRating, ServiceRating.id == Rectification.rating_id)
        .where(ServiceRating.application_id == scene.case.id)
    ).one()


_LEADER = Duty.SUPERVISION
SUPERVISION: Words = {
    "order": (Deed(_LEADER, _order),),
    "answer_order": (
        Deed(
            Duty.REVIEW,
            lambda s: acts.supervision.answer(_order_of(s), "检验报告迟到，三日内办结。"),
        ),
    ),
    "close_order": (
        Deed(_LEADER, lambda s: acts.supervision.close_order(s.session, _order_of(s))),
    ),
    "check_holder": (Deed(Duty.REVIEW, _check_holder), Deed(Duty.REVIEW, _sign)),
    "complain": (Deed(_LEADER, _complain),),
    "answer_complaint": (
        Deed(_LEADER, lambda s: acts.supervision.take_charge(s.session, _complaint_of(s))),
        Deed(_LEADER, _answer_complaint),
    ),
    "declare_link": (Deed(Duty.REVIEW, _declare_link, turn=1),),
    "rate_well": (Deed(Duty.APPLICANT, _rate(RatingLevel.VERY_SATISFIED, "一次办成。")),),
    "rate_fairly": (Deed(Duty.APPLICANT, _rate(RatingLevel.FAIRLY_SATISFIED)),),
    "rate_badly": (Deed(Duty.APPLICANT, _rate(RatingLevel.UNSATISFIED, "等候太久。")),),
    "contact": (
        Deed(_LEADER, lambda s: acts.supervision.contact(s.session, _rectification_of(s))),
    ),
    "rectify": (
        Deed(
            _LEADER,
            lambda s: acts.supervision.rectify(_rectification_of(s), "已增设窗口，并致歉。"),
        ),
    ),
    "rate_again": (Deed(Duty.APPLICANT, _rate(RatingLevel.SATISFIED, "整改及时。")),),
}

AFTER: Words = {**CERTIFICATES, **SUPERVISION}

"""What can be done on a day of a story: hearings (Art. 46-48) and third parties (Art. 36)."""

from models import acts
from models.enums import Duty
from seed.scene import Deed, Scene, Words

MINUTES = "申请人与利害关系人到场陈述，听证员当场核对证据，各方签字确认。"


def _plan_hearing(scene: Scene) -> None:
    acts.hearing.plan_hearing(
        scene.case.hearings[0],
        planned_on=scene.ahead(8),
        place="政务服务中心三楼听证室",
        chair=scene.officer(Duty.HEAD),
    )


def _register_party(scene: Scene) -> None:
    name, interest = "云杉社区居民委员会", "充装站毗邻居民区，关系居民安全。"
    acts.hearing.register_party(scene.case, name, interest, "0990-5559999")


HEARD: Words = {
    "tell_hearing": (Deed(Duty.REVIEW, lambda s: acts.hearing.tell_of_hearing(s.case)),),
    "ask_hearing": (
        Deed(Duty.REVIEW, lambda s: acts.hearing.request_hearing(s.session, s.case.hearings[0])),
    ),
    "waive_hearing": (
        Deed(Duty.REVIEW, lambda s: acts.hearing.waive_hearing(s.session, s.case.hearings[0])),
    ),
    "plan_hearing": (Deed(Duty.REVIEW, _plan_hearing),),
    "hold_hearing": (
        Deed(
            Duty.REVIEW,
            lambda s: acts.hearing.hold_hearing(s.session, s.case.hearings[0], MINUTES),
        ),
    ),
    "register_party": (
        Deed(Duty.REVIEW, _register_party),
        Deed(
            Duty.REVIEW,
            lambda s: acts.hearing.tell_party(s.session, s.case.interested_parties[0]),
        ),
    ),
    "hear_party": (
        Deed(
            Duty.REVIEW,
            lambda s: acts.hearing.record_statement(
                s.case.interested_parties[0], "要求加装泄漏报警装置，并公布应急预案。"
            ),
        ),
    ),
}

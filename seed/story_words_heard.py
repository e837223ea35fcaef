"""What can be done on a day of a story: hearings (Art. 46-48) and third parties (Art. 36)."""

from models.enums import Duty
from seed.scene import Scene, Words, told

MINUTES = "申请人与利害关系人到场陈述，听证员当场核对证据，各方签字确认。"
REVIEWER = Duty.REVIEW


def _party(scene: Scene) -> object:
    return scene.case.interested_parties[0]


HEARD: Words = {
    "tell_hearing": told(REVIEWER, "tell_hearing"),
    "ask_hearing": told(REVIEWER, "request_hearing"),
    "waive_hearing": told(REVIEWER, "waive_hearing"),
    "plan_hearing": told(
        REVIEWER, "plan_hearing", planned_on=lambda scene: scene.ahead(8),
        place="政务服务中心三楼听证室", chair=lambda scene: scene.officer(Duty.HEAD),
    ),
    "hold_hearing": told(REVIEWER, "hold_hearing", minutes=MINUTES, is_signed=True),
    "register_party": (
        *told(
            REVIEWER, "register_party", name="云杉社区居民委员会",
            interest="充装站毗邻居民区，关系居民安全。", phone="0990-5559999",
        ),
        *told(REVIEWER, "tell_party", party=_party),
    ),
    "hear_party": told(
        REVIEWER, "hear_party", party=_party,
        statement="要求加装泄漏报警装置，并公布应急预案。",
    ),
}  # fmt: skip

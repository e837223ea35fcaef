"""The picture of an item's steps: stages in line, what runs side by side, and what the reform
saved. Plain values; the template draws them."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from flask_babel import gettext

from models import FormerStep, ItemVersion, StepDefinition
from models.enums import Duty
from models.rules.item_design import longest_path
from views.words.items import said
from views.words.labels import member_label


@dataclass(frozen=True, slots=True)
class Box:
    """One step: its name, the post that works it, and the working days it may take."""

    name: str
    post: str
    days: int | None
    is_key: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that run at the same time. ``is_before_the_clock``: guidance is voluntary."""

    boxes: list[Box]
    is_before_the_clock: bool = False

    @property
    def days(self) -> int:
        """As long as its longest step."""
        return max((box.days or 0 for box in self.boxes), default=0)

    @property
    def is_parallel(self) -> bool:
        """Whether steps run side by side (并联)."""
        return len(self.boxes) > 1


@dataclass(frozen=True, slots=True)
class Saving:
    """What the reform took away, in steps and in working days; more of it is never hidden."""

    steps: int
    days: int

    @property
    def words(self) -> str:
        """In words, growth as growth."""
        return str(
            gettext("; ").join(
                [
                    gettext("%(count)s steps fewer", count=self.steps)
                    if self.steps >= 0
                    else gettext("%(count)s steps more", count=-self.steps),
                    gettext("%(count)s working days less", count=self.days)
                    if self.days >= 0
                    else gettext("%(count)s working days more", count=-self.days),
                ]
            )
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """The line of steps. ``one_after_another`` is what it would take without parallel stages."""

    stages: list[Stage]
    one_after_another: int
    days: int
    former: list[Box] = field(default_factory=list)

    @property
    def counted(self) -> list[Box]:
        """The steps that the clock runs for."""
        return [
            box for stage in self.stages if not stage.is_before_the_clock for box in stage.boxes
        ]

    @property
    def key_steps(self) -> int:
        """How many of them are key steps (关键环节)."""
        return sum(box.is_key for box in self.counted)

    @property
    def former_days(self) -> int:
        """How long the line took before the reform: its steps followed one another."""
        return sum(box.days or 0 for box in self.former)

    @property
    def saving(self) -> Saving:
        """What the reform took away."""
        return Saving(len(self.former) - len(self.counted), self.former_days - self.days)


def picture_of(version: ItemVersion, *, is_public: bool = False) -> Picture:
    """The picture of a version's steps; for the public without posts, and from acceptance on."""
    clocked = [step for step in version.steps if step.duty is not Duty.GUIDANCE]
    steps = clocked if is_public else version.steps
    picture = Picture(
        stages=[_stage(list(group)) for _number, group in groupby(steps, key=_stage_number)],
        one_after_another=sum(step.limit_days or 0 for step in clocked),
        days=longest_path((step.stage_number, step.limit_days) for step in clocked),
        former=list(_former(version.licence_item.former_steps)),
    )
    return _without_posts(picture) if is_public else picture


def _without_posts(picture: Picture) -> Picture:
    return replace(
        picture,
        stages=[replace(stage, boxes=_bare(stage.boxes)) for stage in picture.stages],
        former=_bare(picture.former),
    )


def _bare(boxes: list[Box]) -> list[Box]:
    return [replace(box, post="") for box in boxes]


def _stage_number(step: StepDefinition) -> int:
    return step.stage_number


def _stage(steps: list[StepDefinition]) -> Stage:
    boxes = [
        Box(said(step, "name"), str(member_label(step.duty)) if step.duty else "", step.limit_days,
            step.is_key)
        for step in steps
    ]  # fmt: skip
    return Stage(boxes, all(step.duty is Duty.GUIDANCE for step in steps))


def _former(steps: Iterable[FormerStep]) -> Iterable[Box]:
    for step in steps:
        yield Box(said(step, "name"), said(step, "post_name"), step.limit_days, step.is_key)

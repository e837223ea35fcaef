"""Who may do what to a case on which day, and what follows from it: the law of the model."""

from collections.abc import Callable

from tests.machines.case_model import CLERKS, CONFIRMING, ONE_DAY, REVIEWERS, Hearing, Model


def allows(model: Model, act: str, name: str) -> bool:
    """Whether ``name`` may do ``act`` today; who is linked to the applicant, never."""
    return name not in model.traits.linked and bool(ALLOWED[act](model, name))


def follow(model: Model, act: str, name: str) -> None:
    """What is known after an act that was lawful."""
    FOLLOWS[act](model, name)
    if act in MOVES_THE_CLOCK and model.status == "ACCEPTED":
        model.clock()


def time_passes(model: Model) -> None:
    """The work of the day: silence accepts, and what was never answered ends."""
    if model.status == "RECEIVED" and model.silent:
        follow(model, "accept", "TIME")
    elif model.status == "CORRECTING" and model.correction_due:
        if model.today > model.correction_due:
            model.close("TERMINATED", max(model.correction_due + ONE_DAY, model.moved_on))


def _accept(m: Model, _who: str) -> None:
    m.accepted_on = m.day_of_acceptance
    m.status = "ACCEPTED"
    m.clock()


def _send_back(m: Model, _who: str) -> None:
    m.status, m.notice_due, m.waits_for_the_head = "CORRECTING", None, False
    m.told_on, m.correction_due = m.today, m.world.due(m.today, 30)


def _ask(m: Model, who: str) -> None:
    m.notices += 1
    if m.notices == 1:
        _send_back(m, who)
    else:
        m.waits_for_the_head = True


def _resubmit(m: Model, _who: str) -> None:
    m.status, m.answered_on, m.handed_on = "RECEIVED", m.today, m.today
    m.notice_due, m.correction_due = m.world.due(m.today, 5), None


def _hand_in(m: Model, _who: str) -> None:
    m.complete, m.handed_in_on = True, m.today


def _grant(m: Model, _who: str) -> None:
    m.status, m.granted_on = "GRANTED", m.today
    m.due_on = m.statutory = m.world.due(m.today, 10)


def _complete(m: Model, who: str) -> None:
    m.reviewed, m.claimed_by = True, who


def _resume(m: Model, _who: str) -> None:
    place = next(n for n, pause in enumerate(m.pauses) if pause[2] is None)
    m.pauses[place] = (*m.pauses[place][:2], m.today)


def _tell(m: Model, _who: str) -> None:
    m.hearing = Hearing(m.world.due(m.today, 5))


def _request(m: Model, _who: str) -> None:
    assert m.hearing
    m.hearing.requested_on, m.hearing.hold_due = m.today, m.world.due(m.today, 20)


def _hears(name: str, days: int = 0) -> Callable[[Model, str], None]:
    def follow(m: Model, _who: str) -> None:
        setattr(m.hearing, name, m.today + days * ONE_DAY)

    return follow


def _sets(**values: object) -> Callable[[Model, str], None]:
    def follow(m: Model, _who: str) -> None:
        for name, value in values.items():
            setattr(m, name, value)

    return follow


def _signed(m: Model, who: str, **values: object) -> None:
    for name, value in values.items():
        setattr(m, name, value)
        m.signed_by[name] = who


def _waits(m: Model, name: str) -> None:
    setattr(m, name, True)


def _withdraw(m: Model, _who: str) -> None:
    """Where the office would gain by it, the head confirms what the window enters."""
    if m.is_near_its_end:
        m.withdrawal = True
    else:
        m.close("WITHDRAWN")


def _closes(status: str) -> Callable[[Model, str], None]:
    return lambda m, _who: m.close(status)


NOTICE_OF_HEARING = 21
FOLLOWS: dict[str, Callable[[Model, str], None]] = {
    "accept": _accept,
    "not_accept": _closes("NOT_ACCEPTED"),
    "ask_correction": _ask,
    "ask_second": _ask,
    "approve_second": _send_back,
    "on_the_spot": _sets(),
    "hand_in": _hand_in,
    "resubmit": _resubmit,
    "ask_green": _sets(green="ASKED"),
    "approve_green": lambda m, who: _signed(m, who, green="APPROVED"),
    "claim": lambda m, who: setattr(m, "claimed_by", who),
    "judge": _sets(verdict=True),
    "misjudge": _sets(verdict=False),
    "inspect": _sets(inspection="SET"),
    "pass": _sets(inspection="PASSED"),
    "fail": _sets(inspection="FAILED"),
    "complete": _complete,
    "conclude": lambda m, who: setattr(m, "concluded", (who, m.today)),
    "tell": _tell,
    "request": _request,
    "waive": _hears("waived_on"),
    "plan": _hears("planned_on", NOTICE_OF_HEARING),
    "hold": _hears("held_on"),
    "suspend INSPECTION": lambda m, _who: m.pauses.append(("INSPECTION", m.today, None)),
    "suspend TESTING": lambda m, _who: m.pauses.append(("TESTING", m.today, None)),
    "resume": _resume,
    "extend": lambda m, who: _signed(m, who, extension=5),
    "approve": lambda m, who: _signed(m, who, approved=True),
    "grant": _grant,
    "refuse": _closes("REFUSED"),
    "forward": _closes("FORWARDED"),
    "terminate": lambda m, who: (
        m.close("TERMINATED") if who == "TIME" else _waits(m, "termination")
    ),
    "end": _closes("TERMINATED"),
    "deliver": _closes("DELIVERED"),
    "withdraw": _withdraw,
    "take_back": _closes("WITHDRAWN"),
}
MOVES_THE_CLOCK = {
    "ask_green", "approve_green", "conclude", "suspend INSPECTION", "suspend TESTING",
    "resume", "extend", "approve",
}  # fmt: skip


def _answers(m: Model, who: str) -> bool:
    return m.status == "RECEIVED" and who in CLERKS and not m.silent


def _reviews(m: Model, who: str) -> bool:
    return m.status == "ACCEPTED" and m.world.reviews(who)


def _judges(m: Model, who: str) -> bool:
    mine = m.claimed_by in (None, who) and not m.reviewed
    return m.traits.judged and mine and _reviews(m, who)


def _heard(m: Model, who: str) -> Hearing | None:
    """The hearing, if ``who`` may record something of it."""
    return m.hearing if _reviews(m, who) else None


def _asks(m: Model, who: str) -> bool:
    hearing = _heard(m, who)
    return hearing is not None and not hearing.is_answered


def _requests(m: Model, who: str) -> bool:
    return _asks(m, who) and m.hearing is not None and m.today <= m.hearing.request_due


def _plans(m: Model, who: str) -> bool:
    hearing = _heard(m, who)
    if hearing is None or not hearing.hold_due or hearing.held_on:
        return False
    # Seven working days of notice; inside the twenty days while a notice still reaches them.
    planned = m.today + NOTICE_OF_HEARING * ONE_DAY
    reachable = m.world.days(m.today, hearing.hold_due) >= 7
    return m.world.days(m.today, planned) >= 7 and (planned <= hearing.hold_due or not reachable)


def _holds(m: Model, who: str) -> bool:
    hearing = _heard(m, who)
    if hearing is None or not hearing.requested_on or hearing.held_on:
        return False
    return hearing.planned_on is not None and m.today >= hearing.planned_on


def _terminates(m: Model, who: str) -> bool:
    # Time ends what the applicant never answered; the decision post what has lost its object.
    if who == "decider":
        return m.status == "ACCEPTED" and not m.termination
    over = m.correction_due is not None and m.today > m.correction_due
    return m.status == "CORRECTING" and who == "TIME" and over


ALLOWED: dict[str, Callable[[Model, str], object]] = {
    "accept": lambda m, who: (
        m.status == "RECEIVED"
        and (m.silent if who == "TIME" else who in CLERKS and (m.complete or m.silent))
    ),
    "not_accept": _answers,
    "ask_correction": lambda m, who: _answers(m, who) and not m.notices,
    "ask_second": lambda m, who: _answers(m, who) and m.notices < 2,
    "approve_second": lambda m, who: (
        m.status == "RECEIVED" and m.waits_for_the_head and who in CONFIRMING and not m.silent
    ),
    "on_the_spot": _answers,
    "hand_in": lambda m, who: (
        m.status in ("RECEIVED", "CORRECTING") and who in CLERKS and not m.complete
    ),
    "resubmit": lambda m, who: m.status == "CORRECTING" and who in CLERKS and m.complete,
    "ask_green": lambda m, who: (
        m.status in ("RECEIVED", "ACCEPTED")
        and m.green is None
        and (who in CLERKS or m.world.reviews(who))
    ),
    "approve_green": lambda m, who: (
        m.status in ("RECEIVED", "ACCEPTED") and m.green == "ASKED" and who in CONFIRMING
    ),
    "claim": lambda m, who: _reviews(m, who) and not m.reviewed and m.claimed_by is None,
    "judge": _judges,
    "misjudge": _judges,
    "inspect": lambda m, who: (
        _reviews(m, who) and m.inspection != "SET" and "reviewer2" not in m.traits.linked
    ),
    "pass": lambda m, who: m.status == "ACCEPTED" and m.inspection == "SET" and who in REVIEWERS,
    "fail": lambda m, who: m.status == "ACCEPTED" and m.inspection == "SET" and who in REVIEWERS,
    # A step that nobody claimed is finished by whoever holds its post.
    "complete": lambda m, who: (
        _reviews(m, who) and not m.reviewed and m.claimed_by in (None, who) and m.review_may_end
    ),
    "conclude": lambda m, who: _reviews(m, who) and m.traits.concludes and m.concluded is None,
    "tell": lambda m, who: _reviews(m, who) and m.hearing is None,
    "request": _requests,
    "waive": _asks,
    "plan": _plans,
    "hold": _holds,
    "suspend INSPECTION": lambda m, who: _reviews(m, who) and not m.is_stopped_by("INSPECTION"),
    "suspend TESTING": lambda m, who: _reviews(m, who) and not m.is_stopped_by("TESTING"),
    "resume": lambda m, who: _reviews(m, who) and m.paused,
    "extend": lambda m, who: (
        m.status == "ACCEPTED" and who in (*REVIEWERS, *CONFIRMING) and not m.extension
    ),
    "approve": lambda m, who: (
        m.status == "ACCEPTED"
        and m.extension
        # Art. 42: the leader of the organ; the head would need it in writing.
        and who == "leader" != m.signed_by["extension"]
        and not m.approved
        and (m.due_on is None or m.today <= m.due_on)
    ),
    "grant": lambda m, who: m.decidable and who == "decider" and m.speaks_for_it,
    "refuse": lambda m, who: (
        m.decidable and who == "decider" and not (m.traits.judged and m.speaks_for_it)
    ),
    "forward": lambda m, who: (
        m.ready and m.traits.first_review and who == "decider" and m.speaks_for_it
    ),
    "terminate": _terminates,
    "deliver": lambda m, who: m.status == "GRANTED" and who in CLERKS,
    "withdraw": lambda m, who: (
        m.status in ("RECEIVED", "CORRECTING", "ACCEPTED") and who in CLERKS and not m.withdrawal
    ),
    "take_back": lambda m, who: (
        m.status in ("RECEIVED", "CORRECTING", "ACCEPTED") and m.withdrawal and who in CONFIRMING
    ),
    "end": lambda m, who: m.status == "ACCEPTED" and m.termination and who in CONFIRMING,
    "back_date": lambda _m, _who: False,
}
ACTS = sorted(ALLOWED)

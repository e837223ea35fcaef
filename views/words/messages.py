"""The words for what a rule or the database refuses. Rules give codes and facts, never words."""

from collections import defaultdict
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from models.acts.act import Act
from models.errors import RuleViolation
from views.words.acts import REFUSALS, label_of
from views.words.labels import column_label, row_name
from views.words.values import NOTHING, show

# Rule code → words; %(name)s stands for a fact of the violation.
WORDS: dict[str, LazyString] = {
    **REFUSALS,
    # who acts
    "nobody-acts": _("Nothing is saved without a person who answers for it."),
    "duty-not-held": _("Your duties do not include changing this: %(table)s."),
    "duty-not-held-for-move": _("Your duties do not include this move: %(target)s."),
    "move-needs-a-person": _("This move is made by a person: %(target)s."),
    "post-not-held": _("You hold no post for this today: %(duty)s%(post)s."),
    "case-is-not-yours": _("This is not your own case."),
    "officer-is-the-applicant": _("You are linked to the applicant and must step aside."),
    "nobody-grants-himself": _("A duty is granted by another person."),
    "duties-conflict": _("One person may not hold these duties together: %(duties)s."),
    "duties-are-separated": _(
        "Acceptance, review and decision of this item need different persons."
    ),
    "password-is-its-owners": _(
        "This account holds an exclusive duty: only its owner changes its password."
    ),
    "leader-approves": _("An extension is approved by the leader of the organ."),
    "delegation-is-missing": _(
        "Name the written delegation by which the head approves an extension."
    ),
    "delegation-has-its-number-and-day": _("A written delegation has its number and its day."),
    "day-is-to-come": _("This day has not come yet: %(day)s."),
    "substitute-cannot-confirm": _(
        "Who stands in for the head or the leader works in the office, and is none of its three"
        " keepers."
    ),
    "import-is-for-the-system": _("Only the import may record history."),
    # time
    "conclusion-is-recorded-once": _("The review's conclusion is recorded already."),
    "item-awaits-no-conclusion": _("The clock of this item does not wait for a conclusion."),
    "review-is-not-concluded": _("The review's conclusion, which starts the clock, is not in yet."),
    "joint-extension-needs-its-document": _(
        "Handled jointly: give the number of the government head's approval (Art. 42)."
    ),
    "green-lane-is-given-once": _("The green lane is asked for once."),
    "green-lane-is-too-late": _("Only a received or an accepted case goes before the others."),
    "green-lane-is-fixed": _("What was asked for and approved is not rewritten."),
    "green-lane-is-approved-by-the-head": _(
        "The green lane is approved by the head of the section, or by the leader of the organ."
    ),
    "online-is-received-when-sent": _(
        "What was handed in online was received when it was sent: it has no earlier day."
    ),
    "earlier-receipt-is-earlier": _(
        "An earlier receipt lies before the day on which the case was entered (%(day)s)."
    ),
    "earlier-receipt-has-its-proof": _(
        "Name the postmark, or the number under which the register has it."
    ),
    "earlier-receipt-is-confirmed": _("The day of receipt was confirmed, and stands."),
    "earlier-receipt-is-confirmed-by-the-head": _(
        "An earlier day of receipt is confirmed by the head of the section."
    ),
    "earlier-receipt-is-fixed": _(
        "What was entered of a receipt is not rewritten; enter it anew before it is confirmed."
    ),
    "case-came-not-by-post": _("This application did not come by post."),
    "version-was-not-published": _(
        "The item's version under which the case began was published on %(day)s, after that day."
    ),
    "approver-is-not-the-requester": _(
        "A request is approved by another person than the one who made it."
    ),
    "step-has-no-limit": _("A step has no limit: %(step)s."),
    "conclusion-names-its-recorder": _("A conclusion names the person who recorded it."),
    "green-lane-gives-its-reason": _("Give the reason for the green lane."),
    "delivery-is-within-ten-days": _("A certificate is delivered within ten working days."),
    "progress-is-not-negative": _("A count is not negative."),
    "cases-changed-is-not-negative": _("A count is not negative."),
    "confirmed-year-changes-by-notice": _(
        "A confirmed year changes only by a notice that another person confirms."
    ),
    "statutory-day-is-off": _(
        "This is a statutory holiday (%(name)s): only a notice could say otherwise."
    ),
    "calendar-notice-is-incomplete": _("The notice as a whole: %(problem)s (%(found)s)."),
    "calendar-notice-is-unreadable": _("Line %(line)s: %(problem)s (%(found)s)."),
    "calendar-notice-waits": _("A notice for %(year)s waits for its answer already."),
    "calendar-notice-is-fixed": _("What was handed in, and answered, does not change any more."),
    "day-is-of-another-year": _("This day does not lie in the year %(year)s."),
    # the case
    "unlawful-move": _("This change of status is not lawful: %(source)s → %(target)s."),
    "row-is-never-deleted": _("This is kept and never deleted."),
    "history-only-grows": _("History is kept as it is."),
    "audit-only-grows": _("The audit log is kept as it is."),
    "origin-never-changes": _("Where a case came from never changes."),
    "imported-case-is-read-only": _("An imported case is read-only."),
    "case-is-closed": _("The case is closed; nothing of it changes any more."),
    "closed-case-stays-closed": _("A closed case stays closed."),
    "procedure-is-running": _("A procedure of this kind is running already: %(kind)s."),
    "case-is-paused": _("The clock of the case is suspended. Resume it first."),
    "case-is-not-paused": _("The clock of the case is not suspended."),
    "case-is-not-received": _("The case is not waiting for acceptance."),
    "case-is-not-accepted": _("The case has not been accepted, or is already decided."),
    "applicant-is-fixed": _(
        "Who applies is fixed from the receipt; until acceptance a wrong applicant is corrected by "
        "an act of its own, afterwards never."
    ),
    "applicant-has-no-number": _(
        "This applicant has no identity number yet: enter it first. Nobody applies without one."
    ),
    "number-is-fixed": _(
        "A number does not change: propose the right one under “Identities of applicants”, with "
        "its proof, for the head to confirm."
    ),
    "number-is-known": _("This number is, or was, that of an applicant whom the office keeps."),
    "number-is-of-several": _("Several applicants have this number in documents of other kinds."),
    "number-says-of-what-it-is": _("Name the number and the kind of document together."),
    "number-has-18-characters": _("A credit code and an ID number have 18 characters."),
    "identity-is-of-another-kind": _(
        "A person is known by a document, an organisation by a code of its register."
    ),
    "organisation-code-has-ended": _(
        "The organisation code ended with 2014: enter the unified social credit code."
    ),
    "identity-is-fixed": _("What was proposed, or stands on record, does not change."),
    "identity-comes-with-its-record": _("The first number comes with the record of the applicant."),
    "identity-names-its-number": _("Name the kind of document and its number."),
    "identity-has-its-proof": _(
        "Name the document that shows it, with its number and its day, today at the latest."
    ),
    "identity-is-confirmed-by-the-head": _("The head of the section confirms it."),
    "confirmer-is-not-the-proposer": _(
        "A proposal is confirmed by another person than the one who made it."
    ),
    "confirmation-has-its-person": _("A confirmation names the person who gave it."),
    "only-an-organisation-has-no-number": _(
        "Only a foreign organisation that has no number is recorded without one."
    ),
    "channel-is-fixed": _("How an application came in is fixed from its receipt."),
    "applicant-is-unknown": _("The office keeps no applicant with this number."),
    "correction-is-fixed": _("What was corrected, and why, is not rewritten."),
    "correction-names-another": _("This is the applicant of the case already."),
    "correction-gives-its-reason": _("Give the reason of the correction."),
    "officer-in-charge-is-linked": _(
        "%(officer)s has the case in hand and is linked to this applicant: hand it over first."
    ),
    "part-keeps-its-whole": _("What belongs to one case or version is not moved to another."),
    "case-is-pinned": _("The item of a case and its version do not change."),
    "move-follows-from-an-act": _("This follows from an act and is not set by hand: %(target)s."),
    "move-is-made-by-time": _("This follows when its day has passed: %(target)s."),
    "table-is-derived": _("This is written by the acts it records: %(table)s."),
    "correction-period-is-running": _("The applicant may still answer, until %(due)s."),
    "certificate-is-valid": _("The certificate is valid until %(until)s."),
    "column-is-derived": _("This follows from acts and is not written by hand: %(column)s."),
    "item-takes-no-applications": _("This item takes no applications."),
    "item-has-no-published-version": _("This item has no published version."),
    "applicant-is-missing": _("Say who applies."),
    "channel-is-missing": _("Say how the application came in."),
    "correction-needs-its-notice": _("A correction is asked for by a correction notice."),
    "decision-needs-its-document": _("A decision needs its written document."),
    "delivery-needs-its-method": _("Say how the certificate was delivered."),
    "materials-are-missing": _("Required materials are missing: %(materials)s."),
    "materials-are-settled": _("The materials were settled when the case was accepted."),
    "material-is-of-another-item": _("This material belongs to another item."),
    "steps-are-not-done": _("Steps before this are not done: %(steps)s."),
    "notice-period-is-over": _(
        "The five days are over: the case counts as accepted, and no notice stops that."
    ),
    "notice-period-is-running": _("The period is still running, until %(due)s."),
    "notice-is-given-once": _(
        "Everything missing is named in one notice, which was given already."
    ),
    "answer-brings-nothing": _(
        "An answer carries at least one of the materials that the notice asked for."
    ),
    "answer-says-what-came": _("Say what was brought: the notice names no material to tick off."),
    "notice-is-fixed": _("A notice that was given does not change."),
    "suspension-needs-its-notice": _("Name the notice that was given to the applicant."),
    "suspension-ends-today": _("A suspension ends on the day it is ended."),
    "suspension-is-fixed": _("A suspension does not change once entered; it can be ended."),
    "planned-end-is-past": _("The planned end is in the past."),
    "extension-is-given-once": _("The limit is extended once only."),
    "extension-is-too-long": _("The extension is too long: at most %(most)s working days."),
    "extension-is-too-late": _("An extension is approved on or before the due date, %(due)s."),
    "extension-is-fixed": _("An extension that was asked for does not change."),
    "reasons-are-no-sentence": _("Give the reasons in one full sentence at least."),
    "reason-is-missing": _("Give the reason."),
    "decision-is-fixed": _("A decision that was made does not change."),
    "refusal-needs-reasons": _("A refusal gives its reasons."),
    "refusal-needs-remedies": _("A refusal names the remedies."),
    "refusal-needs-legal-basis": _("A refusal names its legal basis."),
    "step-is-not-open": _("This step is not in hand."),
    "step-belongs-to-another": _("This step is in the hands of %(officer)s."),
    "step-ends-with-its-act": _("This step ends with the act that it stands for."),
    "opinion-is-missing": _("Write your opinion."),
    "certificate-states-facts": _("What a certificate states never changes."),
    # review, hearing and the ends of a case
    "officer-is-linked": _(
        "You, or the chosen officer, are linked to the applicant and must step aside."
    ),
    "link-is-anothers": _(
        "You declare your own links; the head of the section records those of others."
    ),
    "link-is-fixed": _("A declared link does not change; it can be ended."),
    "link-is-ended-by-the-head": _(
        "The head of the section says when the link of another has ended."
    ),
    "post-needs-its-duty": _("The post needs its duty on each of these days: %(duty)s."),
    "verdicts-are-settled": _("No step in which conditions are judged is in hand."),
    "condition-is-of-another-item": _("This condition belongs to another item."),
    "conditions-are-not-judged": _("Conditions are not judged yet: %(conditions)s."),
    "condition-is-not-met": _("Conditions are not met: %(conditions)s."),
    "refusal-needs-an-unmet-condition": _(
        "A permit is refused only where a condition is not met; all of them are."
    ),
    "inspection-is-not-done": _("The site inspection has no result yet."),
    "inspection-is-under-way": _("A site inspection is under way already."),
    "inspection-needs-two": _("At least %(fewest)s officers carry out a site inspection."),
    "inspection-has-too-many": _("At most %(most)s officers carry out a site inspection."),
    "inspection-is-fixed": _(
        "An inspection that was assigned does not change; only its result is entered."
    ),
    "inspection-is-recorded-by-its-inspectors": _(
        "The result is entered by one of the inspectors."
    ),
    "inspection-was-not-passed": _("The site inspection was not passed."),
    "inspector-is-no-officer": _("An inspector is an active officer of this office."),
    "findings-are-missing": _("Write what was found."),
    "standard-is-missing": _("Name the technical standard that was not met."),
    "refusal-cites-no-standard": _(
        "The refusal cites the technical standard of the inspection: %(standard)s."
    ),
    "planned-day-is-past": _("The planned day is missing or past."),
    "hearing-is-held-by-law": _(
        "This hearing is prescribed by law: it is neither asked for nor waived."
    ),
    "hearing-day-is-today": _("This is entered on its day."),
    "hearing-is-fixed": _("What was notified, asked for, waived or held does not change."),
    "request-period-is-over": _("The period to ask for a hearing ended on %(due)s."),
    "hearing-request-period-runs": _("A hearing may still be asked for, until %(due)s."),
    "hearing-was-not-requested": _("Nobody has asked for this hearing."),
    "hearing-notice-is-late": _(
        "For that day the notice was due by %(latest)s: seven working days before."
    ),
    "hearing-is-not-planned": _("The hearing needs its day, place and chair."),
    "hearing-is-not-held": _("A hearing is owed and was not held yet."),
    "hearing-is-before-its-day": _("The hearing was notified for %(day)s."),
    "hearing-needs-its-minutes": _("A hearing has minutes, signed by those who took part."),
    "held-hearing-has-its-minutes": _("A hearing that was held has its signed minutes."),
    "hearing-notice-is-not-served": _(
        "The notice of the right to a hearing is not served yet: its five days do not run."
    ),
    "waiver-needs-its-paper": _(
        "A waiver is the person's own act, or a signed paper: give its number and its day."
    ),
    "waiver-is-of-another-day": _(
        "The waiver was signed after the person was notified (%(day)s), and not after today."
    ),
    "service-is-between-its-days": _(
        "A document is served after it was sent (%(day)s), and not after today."
    ),
    "service-needs-its-proof": _("Name the proof of the service."),
    "service-has-its-day-and-way": _("A service has its way and its day."),
    "service-is-fixed": _("A service that was entered does not change."),
    "hearing-is-within-its-days": _(
        "While its twenty days last, the hearing is planned inside them: by %(due)s."
    ),
    "decision-cites-the-minutes": _(
        "A hearing was held: the decision says what it takes from the minutes."
    ),
    "hearing-is-asked-for-or-waived": _("A hearing is asked for or waived, not both."),
    "chair-is-no-officer": _("The chair is an active officer of this office."),
    "chair-reviewed-the-case": _("The chair may not be one who reviews this case."),
    "reviewer-chairs-the-hearing": _("Who chairs the hearing does not review the case."),
    "interest-is-missing": _("Name the party and its interest."),
    "party-was-not-told": _("The party was not notified yet."),
    "party-has-answered": _("The party was notified, or has answered, already."),
    "party-was-not-heard": _("Interested parties were not heard yet: %(parties)s."),
    "statement-has-its-day": _("A statement has its day."),
    "answer-is-asked-for": _("A party answers when it was notified."),
    "item-is-forwarded": _(
        "This item is only reviewed here first: the case is forwarded to the organ that decides."
    ),
    "item-is-decided-here": _("This item is decided here and not forwarded."),
    "forwarding-is-incomplete": _(
        "A forwarding says to whom, under which number, and what the review thinks."
    ),
    "forwarding-says-all-of-it": _(
        "A forwarding says to whom, under which number, and what the review thinks."
    ),
    "forwarding-needs-its-document": _("A case is forwarded by a written document."),
    "ending-is-fixed": _("What was proposed or answered is not rewritten."),
    "ending-is-proposed-already": _("A proposal to end this case waits for its answer."),
    "leader-confirms-other-grounds": _(
        "On another ground than the listed ones the leader of the organ confirms."
    ),
    "termination-needs-its-proof": _("Give the number of the document that proves the ground."),
    "proof-has-its-day": _("Give the day of the document; it is not a day to come."),
    "withdrawal-needs-its-request": _(
        "An application is taken back by the applicant, or on the applicant's written request."
    ),
    "withdrawal-names-its-request": _("Give the number of the applicant's written request."),
    "approved-termination-ends-it": _("What was approved takes effect on that day."),
    "approved-withdrawal-ends-it": _("What was approved takes effect on that day."),
    "cancellation-needs-its-proof": _(
        "A certificate in force is cancelled upon a document: give its number."
    ),
    "proof-has-its-number-and-day": _("A proof has its number and its day."),
    "termination-needs-its-document": _("An accepted case is ended by a written document."),
    "termination-gives-reasons": _("A termination gives its reasons."),
    "inspection-ends-with-its-result": _("An inspection that was done has its result."),
    # intake
    "answer-needs-its-document": _("Not accepting needs its written answer, with the ground."),
    "answer-follows-from-its-act": _("This answer follows from the acceptance or the notice."),
    "answer-is-fixed": _("An answer that was given does not change."),
    "answer-gives-its-reasons": _("An answer gives its reasons."),
    "proper-organ-is-missing": _("Name the organ that is competent."),
    "not-competent-names-the-organ": _("Who is not competent names the organ that is."),
    "only-an-acceptance-is-deemed": _("Silence accepts and does nothing else."),
    "draft-is-its-applicants": _("The applicant alone writes an application not handed in yet."),
    "application-is-with-the-office": _("The application is with the office now."),
    "applicant-is-banned": _("This applicant may not apply for this item until after %(until)s."),
    "ban-is-in-order": _("A ban ends before it begins."),
    "item-serves-others": _("This item is applied for by others: %(served)s."),
    "agent-has-a-name": _("Name the agent."),
    "false-materials-mean-refusal": _("False materials are a ground of refusal only."),
    "material-is-in-already": _("This material is in already."),
    "no-second-notice-waits": _("No second notice waits for approval."),
    "second-notice-needs-the-head": _(
        "A second notice is approved by the head of the section, or by the leader of the organ."
    ),
    "second-notice-gives-its-reason": _("A second notice gives its reason."),
    "second-notice-waits-for-approval": _("A second notice is sent when it is approved."),
    "handover-is-not-yours": _("The first contact or a leader hands this over."),
    "handover-is-to-another": _("Hand over to another person."),
    "handover-needs-an-officer": _("Hand over to somebody who works on cases."),
    "handover-gives-its-reason": _("A hand-over gives its reason."),
    "handover-is-fixed": _("A hand-over that was made does not change."),
    "guidance-is-fixed": _("A record of guidance does not change."),
    # the life of a certificate
    "new-permit-has-no-certificate": _("For a new permit leave the present certificate empty."),
    "application-names-no-certificate": _("Name the certificate that the application is about."),
    "certificate-is-of-another-item": _("This certificate is of another item."),
    "certificate-is-of-another-holder": _("This certificate is of another holder."),
    "transfer-names-a-new-holder": _("A transfer is applied for by the new holder."),
    "permit-is-not-transferable": _("The law lets nobody transfer this permit."),
    "certificate-is-not-in-force": _("The certificate is not in force."),
    "certificate-never-expires": _("The certificate has no expiry, so nothing is renewed."),
    "renewal-window-is-not-open": _("A renewal may be filed from %(opens)s on."),
    "certificate-has-an-open-application": _(
        "An application about this certificate is open already: %(number)s."
    ),
    "nothing-renews-by-silence": _("Silence renews only what was applied for in time."),
    "silence-renews-on-the-day-after": _("Silence renews on the day after %(until)s."),
    "silence-has-renewed": _("Not decided by %(until)s, this renewal counts as granted."),
    "renewal-is-undecided": _("A renewal filed in time is undecided; the permit does not expire."),
    "quota-is-used-up": _("All %(quota)s permits that the quota allows are in force."),
    "earlier-application-comes-first": _(
        "The places left go to applications accepted earlier: %(waiting)s."
    ),
    "number-series-is-full": _("The number series %(series)s has no number left."),
    "certificate-pattern-is-wrong": _("The pattern cannot make numbers: %(problems)s."),
    "certificate-change-is-fixed": _("A change that was entered does not change any more."),
    "change-is-proposed-already": _("A proposal for this certificate waits for its answer."),
    "ground-does-not-fit": _("This ground does not fit the change or the certificate: %(ground)s."),
    "legal-basis-is-missing": _("Name the legal basis."),
    "remedies-are-missing": _("Name the remedies and their periods."),
    "compensation-is-missing": _("Say how the holder's loss is made good."),
    "compensation-is-not-owed": _("Here no compensation is owed; leave it empty."),
    "head-answers-proposals": _(
        "A proposal is answered by the head of the section, or by the leader of the organ."
    ),
    "nobody-approves-his-own-proposal": _(
        "A proposal is approved by another person than the one who made it."
    ),
    "revocation-would-harm-the-public": _(
        "Revoking would harm the public greatly, so it is not done (Art. 69)."
    ),
    "editions-begin-at-one": _("Editions begin at one."),
    "rejection-has-day-and-person": _("A refusal has its day and its person."),
    "proposal-has-one-answer": _("A proposal is either approved or turned down."),
    "approver-is-not-the-proposer": _(
        "A proposal is approved by another person than the one who made it."
    ),
    "change-takes-effect-when-approved": _("A change takes effect when it is approved."),
    # supervision
    "order-is-a-leaders": _("Orders are given, sent back and closed by the head or supervision."),
    "addressee-is-no-officer": _("An order goes to an officer who can answer it."),
    "case-has-no-officer": _("Nobody has this case in hand; an order needs its addressee."),
    "case-has-no-open-step": _("No step of this case is open."),
    "step-is-with-the-officer": _("The step is in this officer's hands already."),
    "order-is-given-once-a-day": _("You gave this order on this case today already."),
    "order-is-fixed": _("An order that was given does not change."),
    "order-is-closed": _("The order is closed and kept as it is."),
    "order-is-answered": _("The order is answered already."),
    "order-is-not-answered": _("The order is not answered yet."),
    "answer-is-missing": _("Write your answer."),
    "answer-is-the-addressees": _("Only the addressee answers an order."),
    "nobody-closes-his-own-order": _(
        "An order is not closed by its addressee, and nobody closes one in another's name."
    ),
    "saved-view-is-anothers": _("A saved view is changed by its owner only."),
    "view-is-shared-among-colleagues": _(
        "A view is shared with a duty that you hold yourself: %(duty)s is none of yours."
    ),
    "view-asks-a-list": _("A view keeps the filters, search, tab and order of a list."),
    "view-has-a-name": _("Give the view a name."),
    "view-has-its-place": _("Places are counted from one."),
    "absence-is-anothers": _("An absence is entered by the absent person or by a leader."),
    "absence-has-begun": _("The absence has begun: only its end still changes."),
    "absences-overlap": _("There is another absence of this person on those days."),
    "substitute-is-absent": _("The substitute is also absent on those days."),
    "substitute-is-needed": _("This person stands in for another on those days."),
    "substitute-lacks-the-post": _("The substitute does not hold this post then: %(post)s."),
    "officer-is-absent": _("The officer is absent on this day."),
    "effective-day-is-past": _("The day is past: choose today or a coming day."),
    "reassignment-is-fixed": _("A reassignment that was ordered does not change."),
    "reassignment-is-not-due": _("The reassignment holds from %(due)s on, and is done once."),
    "line-tells-what-happened": _("A step is called moved when the new officer has it."),
    "signed-record-is-fixed": _("A signed record does not change."),
    "supervision-needs-two": _("At least two persons carry out a check and sign for it."),
    "visit-is-in-the-future": _("A record says what has taken place."),
    "day-is-out-of-reach": _("A day lies between %(first)s and %(last)s."),
    "day-is-today": _("What is done is dated today."),
    "day-is-set-once": _("This was written already and stays."),
    "referral-is-fixed": _("What was referred does not change."),
    "complaint-is-fixed": _("What was complained of does not change."),
    "complaint-is-answered": _("The complaint is answered already."),
    "complaint-is-its-handlers": _("The outcome is written by the handler of the complaint."),
    "handler-is-the-subject": _(
        "A complaint is not handled by the person complained of, nor by whoever did the work."
    ),
    "handler-lacks-the-duty": _("Complaints are handled by the head or by supervision."),
    "service-is-not-finished": _("A service is rated when the case is accepted or closed."),
    "service-is-rated-once": _("This service has been rated already."),
    "follow-up-needs-a-rectification": _("Rate again when the matter has been put right."),
    "rating-is-fixed": _("A rating that was given does not change."),
    "contact-comes-first": _("Call the applicant first."),
    "order-says-what-to-do": _("An order says what is to be done."),
    "order-is-answered-within-fifteen-days": _("An answer takes one to fifteen working days."),
    "answer-has-its-day": _("An answer has its day."),
    "closing-has-day-and-person": _("A closed order has its day and its person."),
    "closed-order-is-answered": _("An order is closed when it is answered."),
    "returns-are-counted": _("The times an order came back are counted from zero."),
    "substitute-is-another": _("The substitute is another person."),
    "reassignment-is-to-another": _("The work goes to another person."),
    "reassignment-gives-its-reason": _("Give the reason of the reassignment."),
    "reassignment-waits-for-its-day": _("A reassignment is done on its day, not before."),
    "refused-line-has-its-code": _("A step that did not move has its reason."),
    "record-says-what-was-found": _("Write what was found."),
    "correction-has-its-limit": _("Say until when it is to be corrected."),
    "only-what-is-ordered-is-corrected": _("A correction was not asked for."),
    "referral-names-the-organ": _("Name the organ."),
    "referral-states-the-facts": _("State the facts."),
    "handling-has-its-day": _("An outcome has its day."),
    "complaint-says-what-happened": _("Write what happened."),
    "complaint-is-handled-within-sixty-days": _("Handling takes one to sixty working days."),
    "outcome-has-its-day": _("An outcome has its day."),
    "outcome-has-its-handler": _("An outcome has its handler."),
    "result-has-its-day": _("A result has its day."),
    "contact-precedes-the-result": _("Call the applicant first."),
    "contact-has-its-person": _("A call has its day and its person."),
    # what is public, and what applicants write themselves
    "confidentiality-is-of-the-office": _("Only the office keeps a case out of the register."),
    "confidential-case-says-why": _(
        "Say which secret or whose privacy stands against publication."
    ),
    "applicant-record-is-not-yours": _("This record belongs to another account."),
    # the catalogue
    "published-version-is-fixed": _("A published version does not change; draft a new one."),
    "publisher-is-not-the-drafter": _("Who drafted a version does not publish it."),
    "promise-exceeds-the-law": _("The promised limit is longer than the statutory one."),
    "steps-exceed-the-promise": _("The steps together take longer than the promise."),
    "certificate-needs-its-series": _(
        "The version names a certificate without a series: a grant would issue none."
    ),
    "posts-are-in-line": _("The steps must follow the line of posts."),
    "version-lacks-a-post": _("The version lacks a step of this post: %(duty)s%(post)s."),
    # the guide, its sources and fees
    "guide-lacks": _("The guide lacks what must be published: %(column)s."),
    "material-needs-its-basis": _("A required material names its legal basis: %(materials)s."),
    "fee-needs-a-law": _("A fee rests on a law or an administrative regulation: %(fees)s."),
    "fee-is-not-published": _("This case's item publishes no such fee for today."),
    "charge-is-fixed": _("A charged fee does not change; its receipt is entered once."),
    "decision-is-not-at-the-window": _("The window is authorised, but has no post that decides."),
    "version-is-unverified": _("Facts of this version are still to be verified: %(number)s."),
    "newer-version-binds": _(
        "A newer version is published: v%(number)s. Retire it before an older one takes its place."
    ),
    "item-has-a-draft": _("The item has a draft already: v%(number)s. Revise that one."),
    "version-has-steps": _("The draft has steps already."),
    "template-is-missing": _("There is no template of the four posts."),
    "delegated-item-is-delegable": _("An authorised item is one that may be."),
    "entrusted-power-is-not-passed-on": _("An entrusted power is not passed on."),
    "visits-are-not-negative": _("The number of visits is not below zero."),
    "planned-days-are-in-order": _("The planned end is before the planned beginning."),
    "verification-has-its-day": _("A verification has its day."),
    "fee-is-positive": _("A fee is more than nothing."),
    "fee-period-is-in-order": _("The fee ends before it starts."),
    "reduction-names-its-basis": _("A reduction names its basis."),
    "charge-counts-something": _("At least one unit is charged."),
    "payment-has-its-receipt": _("A payment has its receipt."),
    # numbers of identity
    "identity-wrong-length": _("The number has not the right length."),
    "identity-wrong-character": _("The number has a character that does not belong there."),
    "identity-wrong-check-digit": _("The check digit is wrong: is a digit mistyped?"),
    "identity-wrong-birth-date": _("The number holds a date of birth that does not exist."),
    # how the program itself may write
    "bulk-write": _("Nothing was saved: rows are changed one by one."),
    "second-flush": _("Nothing was saved: one act at a time."),
    # what the database itself proves, by the name of the constraint
    "already-exists": _("There is one like this already."),
    "still-referred-to": _("Other records refer to this."),
    "is-missing": _("This is required."),
    "username-is-lower-case": _("The user name is written in lower case."),
    "password-needs-a-username": _("A password needs a user name."),
    "period-is-in-order": _("The last day is before the first."),
    "duty-is-one-of-the-four-posts": _("A post is for guidance, acceptance, review or decisions."),
    "due-within-statutory": _("A due date is never later than the statutory one."),
    "closed-exactly-when-nothing-is-owed": _("A case is closed exactly when nothing is owed."),
    "imported-names-its-log": _("An imported case names its event log."),
    "log-and-case-go-together": _("The event log and its case go together."),
    "accepted-case-has-its-day": _("An accepted case has its day of acceptance."),
    "received-case-has-its-day": _("A received case has its day of receipt."),
    "open-step-has-its-day": _("A step in hand has the day on which it began."),
    "done-step-has-its-day": _("A finished step has the day on which it ended."),
    "copies-are-positive": _("At least one copy."),
    "import-is-never-offered": _("An imported item is never offered."),
    "imported-item-is-not-offered": _("An imported item is not offered."),
    "statutory-limit-is-not-negative": _("The statutory limit is not below zero."),
    "promised-limit-is-not-negative": _("The promised limit is not below zero."),
    "promise-within-statutory": _("The promised limit is longer than the statutory limit."),
    "warning-days-are-not-negative": _("The warning days are not below zero."),
    "quota-is-positive": _("A quota is at least one permit."),
    "inspectors-are-two-at-least": _("At least two persons carry out a site inspection."),
    "renewal-window-is-in-order": _("The renewal window closes before it opens."),
    "ban-is-positive": _("A ban lasts at least one month."),
    "validity-is-positive": _("The validity is at least one month."),
    "published-version-has-its-day": _("A published version has its day."),
    "limit-is-not-negative": _("The limit is not below zero."),
    "stage-is-not-negative": _("The stage is not below zero."),
    "conditional-material-names-its-case": _("Say in which situation the material is needed."),
    "refusal-gives-reasons": _("A refusal gives its reasons in writing."),
    "refusal-names-the-remedies": _("A refusal names the remedies and their periods."),
    "validity-is-in-order": _("The certificate ends before it begins."),
    "delivery-has-its-method": _("A delivery has its day and its method."),
    "last-number-is-positive": _("Numbers begin at one."),
    "year-is-in-range": _("The year is between 1950 and 2099."),
    "answer-follows-the-notice": _("An answer comes after its notice."),
    "notice-says-what-is-missing": _("A notice says what is missing."),
    "suspension-ends-after-it-starts": _("The suspension ends before it begins."),
    "planned-end-follows-the-start": _("The planned end is before the beginning."),
    "suspension-names-its-notice": _("Name the number of the notice."),
    "extension-is-at-most-fifteen-days": _("An extension has one to fifteen working days."),
    "extension-gives-its-reason": _("Give the reason, of which the applicant is notified."),
    "approval-has-day-and-person": _("An approval has its day and its person."),
    "there-is-one-head": _("The audit chain has one end."),
}

UNKNOWN = _("A rule of the office stands against this; nothing was saved.")


def words_of(violation: RuleViolation) -> str:
    """The words for a violation, with its facts put in."""
    words = WORDS.get(violation.code, UNKNOWN)
    shown = {name: _show_fact(name, fact) for name, fact in violation.facts.items()}
    return str(words) % defaultdict(str, shown)


# Where a rule speaks of an officer who was to get a step, and a leader reads it.
OF_ANOTHER: dict[str, LazyString] = {
    "post-not-held": _("The officer holds no post for this step on that day."),
    "duties-are-separated": _("The officer has done another duty on this case."),
    "officer-is-the-applicant": _("The officer is linked to the applicant."),
}


def words_of_another(violation: RuleViolation) -> str:
    """The words for a violation by an officer who is not the reader."""
    words = OF_ANOTHER.get(violation.code)
    return str(words) if words is not None else words_of(violation)


def _show_fact(name: str, fact: Any) -> str:
    if isinstance(fact, tuple | list | set | frozenset):
        return gettext(", ").join(_show_fact(name, one) for one in fact) or NOTHING
    if isinstance(fact, Act):
        return str(label_of(fact))
    if name == "table":
        return str(row_name(str(fact)))
    if name == "column":
        return str(column_label("", str(fact)))
    return show(fact)

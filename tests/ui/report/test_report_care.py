"""What the report says of care: signs first, check-ins, the plan, the load picture; and nothing where there is none of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hipmonitor.core.activity import ActivityKind
from hipmonitor.core.programme import CheckIn, Decision, OutsideScore, Reason, Step, WarningSign
from hipmonitor.runtime.care import CareKept
from hipmonitor.ui.report import Period, contents_of, html_of
from hipmonitor.ui.report.check_in_table import NOT_SAID
from hipmonitor.ui.report.plan_followed import PlanFollowed
from tests.core.day_builders import DAY
from tests.ui.plan_builders import CLAMS, PLAN, check_in, day_load, decision, instant
from tests.ui.report.period_builders import days, nothing, period


def kept(
    *,
    check_ins: tuple[CheckIn, ...] = (),
    decisions: tuple[Decision, ...] = (),
    scores: tuple[OutsideScore, ...] = (),
    sets: int = 0,
) -> CareKept:
    return CareKept(
        plan=PLAN if decisions else None,
        days=tuple(day_load(each.day, sets=sets) for each in decisions),
        decisions=decisions,
        check_ins=check_ins,
        outside_scores=scores,
        overruled=(),
    )


def with_care(care: CareKept | None, count: int = 2) -> Period:
    return replace(period(*days(count)), care=care)


def page(care: CareKept | None, count: int = 2) -> str:
    return html_of(contents_of(with_care(care, count)))


# --- none of it -------------------------------------------------------------------------------------------------------


def test_without_care_the_report_is_as_it_was() -> None:
    html = page(None)
    assert contents_of(with_care(None)).care is None
    for word in ("Check-ins", "Signs for a clinician", "Plan:", "Who bends"):
        assert word not in html


def test_what_was_said_on_other_days_changes_nothing() -> None:
    assert page(kept(check_ins=(check_in(DAY - 9, pain_rest=3), check_in(DAY + 9, pain_rest=3)))) == page(None)


# --- signs ------------------------------------------------------------------------------------------------------------


def test_a_sign_is_the_first_box_with_its_day_and_note() -> None:
    sign = check_in(DAY + 1, signs=(WarningSign.NUMBNESS, WarningSign.LEG_GIVES_WAY), note="since <last> night")
    html = page(kept(check_ins=(sign,)))
    assert html.index("Signs for a clinician, entered by the wearer") < html.index("Limits</span>")
    assert "Numbness, weakness or tingling that grows; The leg gives way" in html
    assert "Thu 12 Mar" in html
    assert "since &lt;last&gt; night" in html


def test_without_a_sign_there_is_no_box() -> None:
    assert "Signs for a clinician" not in page(kept(check_ins=(check_in(pain_rest=9),)))


def test_a_sign_is_told_also_where_nothing_was_worn() -> None:
    care = kept(check_ins=(check_in(signs=(WarningSign.FEVER_OR_ILL,)),))
    html = html_of(contents_of(replace(period(nothing(DAY)), care=care)))
    assert "No wear in this period" in html
    assert "Fever, or feeling ill, with hip pain" in html
    assert "Who bends" not in html


# --- check-ins --------------------------------------------------------------------------------------------------------


def test_check_ins_are_rows_and_what_was_left_out_is_a_dash() -> None:
    care = kept(check_ins=(check_in(pain_rest=1, pain_worst=4, note="A long drive."), check_in(DAY + 1, stiffness=0)))
    table = contents_of(with_care(care)).care
    assert table is not None
    assert table.check_ins is not None
    first, second = table.check_ins.lines
    assert (first.name, first.values, first.note) == (
        "Wed 11 Mar",
        (NOT_SAID, "1", "4", NOT_SAID, NOT_SAID, NOT_SAID),
        "A long drive.",
    )
    assert second.values[0] == "0"
    assert table.check_ins.said == (
        "Check-ins on 2 of 2 days; pain at its worst usually 4 (4 to 4); at rest usually 1 (1 to 1)."
    )


def test_pain_is_drawn_day_by_day_with_gaps_where_nothing_was_said() -> None:
    report = contents_of(with_care(kept(check_ins=(check_in(pain_worst=4), check_in(DAY + 2, pain_worst=0))), 3))
    assert report.care is not None
    assert report.care.check_ins is not None
    drawing = report.care.check_ins.pain
    assert drawing is not None
    assert "Wed 11 Mar: 4; Thu 12 Mar: no check-in; Fri 13 Mar: 0" in drawing.label
    assert sum(shape.look == "pain" for shape in drawing.shapes) == 2


def test_a_score_from_elsewhere_has_its_name_and_day() -> None:
    score = OutsideScore(made_at=instant(), day=DAY, name="HAGOS pain", score=72.5)
    html = page(kept(scores=(score,)))
    assert "HAGOS pain" in html
    assert "72.5" in html
    assert "entered for Wed 11 Mar" in html


# --- the plan ---------------------------------------------------------------------------------------------------------


def test_decisions_stand_with_every_reason_and_days_alike_are_one_row() -> None:
    alike = [decision(DAY + k, reasons=("Pain is as usual.", "2 of 3 sessions.")) for k in range(3)]
    report = contents_of(with_care(kept(decisions=(*alike, decision(DAY + 3, Step.HOLD, note="Travelling."))), 4))
    assert report.care is not None
    assert report.care.plan is not None
    first, second = report.care.plan.decisions
    assert (first.days, first.step, first.phase) == ("11 to 13 Mar", "Go on", "Phase 2 of 3: Load")
    assert first.reasons == ("Pain is as usual.", "2 of 3 sessions.")
    assert (second.days, second.step, second.note) == ("Sat 14 Mar", "Hold", "Travelling.")
    assert report.care.plan.whose == "Set by my physio on 2 March 2026"


def test_sessions_count_against_what_was_offered() -> None:
    week = tuple(decision(DAY + k, exercises=(CLAMS,) if k in {0, 2, 4} else ()) for k in range(7))
    report = contents_of(with_care(kept(decisions=week, sets=1), 7))
    assert report.care is not None
    assert report.care.plan is not None
    assert [(row.name, row.value, row.note) for row in report.care.plan.sessions] == [("Clam raise", "3 of 3", "Load")]


def followed(*decisions: Decision, sets: int = 0) -> PlanFollowed:
    report = contents_of(with_care(kept(decisions=decisions, sets=sets), len(decisions)))
    assert report.care is not None
    assert report.care.plan is not None
    return report.care.plan


def test_only_what_decided_is_told_and_of_days_alike_as_it_was_on_the_last() -> None:
    aside = Reason(rule="least_days", leads_to=Step.GO_ON, sentence="Day 3 of at least 7.")
    days = [decision(DAY + k, Step.HOLD, reasons=(f"{k} of 3 days are as usual.",)) for k in (0, 1)]
    (line,) = followed(*(replace(each, reasons=(*each.reasons, aside)) for each in days)).decisions
    assert line.reasons == ("1 of 3 days are as usual.",)


def test_rest_days_of_the_plan_are_left_out_where_there_are_others() -> None:
    rest = replace(
        decision(DAY + 1, Step.REST), reasons=(Reason(rule="rest_day", leads_to=Step.REST, sentence="A rest day."),)
    )
    (line,) = followed(decision(DAY), rest, decision(DAY + 2)).decisions
    assert (line.days, line.step) == ("11 to 13 Mar", "Go on")
    (line,) = followed(replace(rest, day=DAY)).decisions
    assert line.reasons == ("A rest day.",)


def test_sessions_of_several_stays_in_phases_are_one_row_an_exercise() -> None:
    stays = ("load", "calm", "load")
    days = (decision(DAY + 3 * k, phase=phase, exercises=(CLAMS,)) for k, phase in enumerate(stays))
    week = tuple(replace(each, day=each.day + more) for each in days for more in range(3))
    (row,) = followed(*week, sets=1).sessions
    assert (row.name, row.note.count("Load")) == ("Clam raise", 1)


def test_decisions_of_other_days_are_not_in_it() -> None:
    assert page(kept(decisions=(decision(DAY - 1), decision(DAY + 2)))) == page(None)


# --- load picture -----------------------------------------------------------------------------------------------------


def test_who_bends_the_hip_stands_beside_the_plan() -> None:
    records = [
        replace(
            each,
            figures=replace(each.figures, deep_cycles={ActivityKind.SIT: 12}, flexion_cycles={ActivityKind.SIT: 30}),
        )
        for each in days(2)
    ]
    html = html_of(contents_of(replace(period(*records), care=kept(check_ins=(check_in(pain_rest=1),)))))
    assert "Who bends this hip" in html
    assert "The chair" in html
    assert "12 deep" in html


@pytest.mark.parametrize("pdf", [False, True])
def test_all_of_it_is_one_page_of_html_or_pdf(pdf: bool) -> None:
    care = kept(
        check_ins=(check_in(pain_rest=1, pain_worst=3, note="x" * 300, signs=(WarningSign.HIP_LOCKS,)),),
        decisions=(decision(DAY), decision(DAY + 1, Step.REST)),
    )
    html = page(care)
    assert "<script" not in html
    if pdf:
        weasyprint = pytest.importorskip("weasyprint")
        assert weasyprint.HTML(string=html).write_pdf().startswith(b"%PDF")

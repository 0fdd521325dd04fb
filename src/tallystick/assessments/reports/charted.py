"""What a measure showed before and after a technique, as the control chart that the verdict rests on."""

from markupsafe import Markup

from tallystick.assessments.reports.effects import Effect
from tallystick.month import blocks, charts, drawing
from tallystick.month.scales import Size
from tallystick.rulebook.periods import Span

WIDE = Size(860, 230, 50, 92, 18, 40)


def chart(effect: Effect, place: str) -> blocks.Chart | None:
    """Return the chart of an effect; none where there are too few months to tell.

    :param place: what tells it from others on the page
    """
    if not effect.is_told:
        return None
    of, found = effect.of, effect.verdict
    title = f"{of.measure} before and after"
    began = Span.month_of(effect.since)
    months = [*effect.before.months, *effect.after.months]
    return blocks.Chart(
        title,
        drawing.draw(charts.xmr(found, of.target, WIDE), place, title, effect.words),
        drawing.draw(charts.xmr(found, of.target, blocks.NARROW), f"{place}-n", title, effect.words),
        Markup("Limits are those of the months before {}, which is left out.").format(began.words),
        ("Month", "Good", "Of", "Share", "Side"),
        tuple(
            (
                Span.parse(one.period).words,
                f"{one.numerator:,}",
                f"{one.denominator:,}",
                "" if one.share is None else f"{float(one.share) * 100:.2f}%",
                "before" if one in effect.before.months else "after",
            )
            for one in months
        ),
    )

"""Days of a plan: what is said about them, and the words that they are made of."""

from bot.core.marking import N_

TEXTS: dict[str, str | tuple[str, str]] = {
    # Days to tap
    "due.in_2_weeks": N_("In 2 weeks · {day}"),
    "due.month_end": N_("End of {month} · {day}"),
    "due.in_3_months": N_("In 3 months · {day}"),
    "due.in_6_months": N_("In 6 months · {day}"),
    # What is asked about a day before it is taken
    "due.past": N_("That day has passed."),
    "due.early": N_("That day is before the workshop ends, on {day}."),
    "due.holiday": N_("That day is a public holiday ({country}): {name}."),
    "due.weekend": N_("That day is on a weekend ({country})."),
    "due.far": N_("That day is more than ten years away."),
    # Words that people type. Letter case, accents and marks don't count; a word may be several, as in "from now".
    # Translators: words before a day, divided by "|", as in "by 15 March" or "in 2 weeks". Any words, in any number.
    "days.by": N_(
        "by|until|till|before|in|within|on|at|not later than|no later than|at the latest by|due|deadline|from|around"
    ),
    # Translators: words in or after a day that say nothing, divided by "|". Any words, in any number.
    "days.filler": N_("the|of|s|from now|from today|from now on|time|at the latest|latest|please"),
    # Translators: words for the last day of a period, divided by "|", as in "end of March". Any number of them.
    "days.end": N_("end|last day|late|close"),
    # Translators: words for the middle of a period, divided by "|", as in "mid-April". Any number of them.
    "days.middle": N_("mid|middle"),
    # Translators: words for the first days of a period, divided by "|", as in "early May". Any number of them.
    "days.start": N_("start|beginning|first day|early"),
    # Translators: words for what comes next, divided by "|", as in "next month", in all their forms.
    "days.next": N_("next|coming|following"),
    # Translators: words for what there is now, divided by "|", as in "this month", in all their forms.
    "days.this": N_("this|current"),
    # Translators: words that make a day one of the past, divided by "|", as in "last month" or "2 weeks ago".
    "days.past": N_("ago|last|previous|past|yesterday"),
    # Translators: three places divided by "|", for today, tomorrow and the day after. "/" divides words of one place.
    "days.near": N_("today/tonight/now|tomorrow|day after tomorrow"),
    # Translators: seven places divided by "|", from a day to a year, the sixth for half a year; a place may be empty.
    # "/" divides words of one place. "q" is for "Q2".
    "days.units": N_(
        "day/days|week/weeks|fortnight/fortnights|month/months|quarter/quarters/q|half/half year/semester|year/years"
    ),
    # Translators: twelve places divided by "|", for the numbers from 1 to 12. "/" divides words of one place.
    "days.numbers": N_("a/an/one|two/a couple of|three|four|five|six|seven|eight|nine|ten|eleven|twelve"),
    # Translators: four places divided by "|", for "first" to "fourth", as in "second quarter".
    "days.ordinals": N_("first|second|third|fourth"),
    # Translators: what may follow a number in "2nd", divided by "|"; a number with it is a day or a place in a row.
    "days.suffixes": N_("st|nd|rd|th"),
    # Translators: twelve places divided by "|", for what months are called besides their names in dates (those are
    # known): other cases, short forms. "/" divides words of one place; a place may be empty.
    "days.months": N_("jan|feb|mar|apr|may|jun|jul|aug|sep/sept|oct|nov|dec"),
}

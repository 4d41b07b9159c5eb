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
    # Words that people type, in any order. Letter case, accents and marks between words don't count. Where a language
    # has no such word, its list holds one that nobody types, such as "-".
    # Translators: not to be translated word by word: what people write before a day, as in "by 15 March" or "in 2
    # weeks", divided by "|". As many as there are; of several words, if need be; "l'" and the like as "l".
    "days.by": N_("by|until|till|before|in|within|on|at|not later than|no later than|due|deadline|from|around|about"),
    # Translators: words in or after a day that say nothing, as in "end of the month" or "6 weeks from now", divided by
    # "|". As many as there are.
    "days.filler": N_("the|of|s|from now|from today|from now on|time|at the latest|latest|please"),
    # Translators: words for the last day of a period, as in "end of March", divided by "|". As many as there are.
    "days.end": N_("end|last day|late|close"),
    # Translators: words for the middle of a period, as in "mid-April", divided by "|". As many as there are.
    "days.middle": N_("mid|middle"),
    # Translators: words for the first day of a period, as in "early May", divided by "|". As many as there are.
    "days.start": N_("start|beginning|first day|early"),
    # Translators: words for what comes next, as in "next month", divided by "|", in all their forms.
    "days.next": N_("next|coming|following"),
    # Translators: words for what there is now, as in "this month", divided by "|", in all their forms.
    "days.this": N_("this|current"),
    # Translators: words that make a day one of the past, as in "last month" or "2 weeks ago", divided by "|".
    "days.past": N_("ago|last|previous|past|yesterday"),
    # Translators: 3 places divided by "|", for today, tomorrow and the day after. "/" divides words of one place.
    "days.near": N_("today/tonight/now|tomorrow|day after tomorrow"),
    # Translators: 7 places divided by "|", for a day, a week, two weeks, a month, a quarter, half a year, a year. "/"
    # divides words of one place, which may be empty. "q" is for "Q2".
    "days.units": N_(
        "day/days|week/weeks|fortnight/fortnights|month/months|quarter/quarters/q|half/half year/half a year/semester"
        "|year/years"
    ),
    # Translators: 12 places divided by "|", for the numbers from 1 to 12. "/" divides words of one place.
    "days.numbers": N_("a/an/one|two/a couple of|three|four|five|six|seven|eight|nine|ten|eleven|twelve"),
    # Translators: 4 places divided by "|", for first to fourth, as in "second quarter". "/" divides words of one place.
    "days.ordinals": N_("first|second|third|fourth"),
    # Translators: what follows a number that is a place in a row, as in "2nd", divided by "|".
    "days.suffixes": N_("st|nd|rd|th"),
    # Translators: 12 places divided by "|", for what months are called besides their names in full dates (those are
    # known): by themselves, in other cases, for short. "/" divides words of one place, which may be empty.
    "days.months": N_("jan|feb|mar|apr|may|jun|jul|aug|sep/sept|oct|nov|dec"),
    # Words around two numbers
    # Translators: words before the first of two numbers, as in "from 900 to 600", divided by "|".
    "amounts.begins": N_("from"),
    # Translators: words before the second of two numbers, as in "from 900 to 600", divided by "|".
    "amounts.ends": N_("to|down to|up to"),
}

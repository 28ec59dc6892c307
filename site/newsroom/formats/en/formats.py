"""English dates as an international press office writes them: 7 November 2017, 09:00."""

from home.clock import format_with_zone

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = format_with_zone("en", "j F Y, H:i")
MONTH_DAY_FORMAT = "j F"
YEAR_MONTH_FORMAT = "F Y"

"""The History view: a day with its hours, a week, four weeks."""

"""Networks of tasks, calendars, and the models that plan releases and level resources."""

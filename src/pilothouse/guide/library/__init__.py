"""The library of methods: what each one's page says, where it runs here, and how it is tried out on the page."""

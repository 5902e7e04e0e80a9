"""The practice product: Tidewater, a ferry app that does not exist, with a year of voices, work and numbers."""

"""Pages on which a survey is made: overview, builder, languages, preview, collecting."""

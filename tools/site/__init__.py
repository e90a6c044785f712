"""The course as static pages of HTML, with search, for use without a network."""

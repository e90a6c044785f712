"""Sphinx's settings for the course as pages of HTML: `make site`."""

project = "Recurrent and convolutional networks"
html_title = project
extensions = ["myst_nb"]
nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
html_theme = "furo"
html_static_path = ["static"]
html_css_files = ["course.css"]
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
mathjax_path = "mathjax/tex-svg-full.js"  # no network: it stands beside the pages
suppress_warnings = ["myst.header", "mystnb.unknown_mime_type", "misc.highlighting_failure"]

"""The course on the web: a site to read (`web.site`), and an edition that runs in the browser (`web.lite`)."""

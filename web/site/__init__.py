"""The course as a site to read: `python -m web.site` builds it into build/site."""

"""Content-Security-Policy of every page: scripts, styles and pictures come from the register itself."""

ERROR_PAGES_STYLE = "'sha256-0MtzMDszNs5HSC6xBhMAwOu2amM/ZbOLzSXFs8Si8gI='"
"""Error pages carry their style, because they must be readable when static files are not."""
POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'", ERROR_PAGES_STYLE],
        "img-src": ["'self'", "data:"],  # stylesheets draw arrows and ticks as data:
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

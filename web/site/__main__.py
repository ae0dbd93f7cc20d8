"""Build the site: python -m web.site"""

import sys

from web.site.build import main

if __name__ == "__main__":
    sys.exit(main())

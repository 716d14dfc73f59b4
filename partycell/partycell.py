"""Says that the Frappe module "Partycell" is the app package itself.

Frappe looks for a module's DocTypes, reports and print formats at ``<app>.<module>``, here
``partycell.partycell``. Giving this module the package's search path makes
``partycell.partycell.doctype`` lead to ``partycell/doctype``, so that they lie at the top of the app.
"""

import partycell

__path__ = partycell.__path__

"""partycell without Frappe: ``python -m partycell``.

::

    cli        the commands
    options    what the command line may say
    words      messages in Vietnamese or English, from the app's own catalogue
    cellfile   cell.toml: one cell, its secretary and its folder template
    folder     what lies in a cell's folder, and what it should hold
    new, check, handover, verify   one command each
    marks      what the receiver found: a CSV, or asked one by one
    show       tables and progress in a terminal

Rules, record, bag and paper are those of the site: ``partycell.rules``, ``partycell.dossier.bagging``,
``partycell.dossier.bag_check``, ``partycell.papers.pdf``. Nothing here imports frappe.
"""

"""Demo data: Ayun Pa's figures, with people who do not exist.

::

    plan           what the demo consists of, in plain values; never imports frappe
    drawing        signatures and pictures, drawn with nothing but zlib
    people         the accounts
    organisations  committees, cells, terms of office
    folders        the state of each cell's documents
    papers         files on some of them
    directives     two chains of them, acknowledged in every way
    handbook       guidance, cells' own notes, questions in each state, by the acts of the people concerned
    handovers      a handover in each state, by the acts of the people concerned
    inspections    two years of inspections, and a plan that is under way
    showcase       one whole handover, for people who watch
    first_use      a fresh site's setup wizard, answered
    build          all of it, in order, as often as one likes
    clearing       and away with it

What the demo makes can be told by its name alone (``plan.is_demo``): so it can be made again after
it was cut short, and taken away, without a list that could be lost.
"""

"""Reviews of the programme: figures taken from the records, frozen and sealed."""

"""The ways in: what the desk and the phone call, one function an act."""

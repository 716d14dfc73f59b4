"""A handover as a bag of files that anybody can verify, and what comes back from a cell without a server."""

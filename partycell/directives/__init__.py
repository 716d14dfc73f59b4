"""Directives: written, issued into every folder, acknowledged, superseded, and whoever is late reminded."""

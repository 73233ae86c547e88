"""The catalogue of gaps as pictures: where the gaps are, between whom, how far along, and for how long."""

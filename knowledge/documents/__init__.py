"""Old papers of the network: minutes, concepts and reports from the time before, to be found and cited."""

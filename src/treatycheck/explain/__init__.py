"""Why an outcome is what it is: the proof, what is missing and the positions it depends on."""

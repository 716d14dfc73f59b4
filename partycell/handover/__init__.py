"""The main job: a folder handed over whole, from the draft to the sealed minutes and their annulment."""

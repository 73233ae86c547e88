"""Backups that are whole: the database and the files of a data folder at one moment, and their way back.

Never in a backup: `keys/` (a stolen backup alone opens no secret ballot and no reporter's address), the search index
and the queue (they are made anew), uploads that nobody has taken yet, and logs.
"""

"""What leaves the house: documents, calendars, sheets and open data, written from plain content models.

A format lives in its own sub-package and is fed with frozen values. Nothing here reads the database, knows a
request or decides who may have a file: the features gather the content, ask their policies and call a writer.
"""

"""Search over what the network knows: German analysis, a Whoosh index, ranking, rights and the outbox that feeds it.

The database is the truth and the index a cache of it. Features hand over documents through `registry`;
this package imports no feature, and the text of a case never becomes a document.
"""

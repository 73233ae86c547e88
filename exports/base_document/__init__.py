"""A county's own Word document to write into: whether it may be taken, what is kept of it, what it lacks, how its
placeholders are filled. Bytes and XML only; who uploads it and where it is kept is the matter of `exports.letterhead`.
"""

"""OParl 1.1: what a body publishes of its meetings, as data that anybody may read.

Off for every body until its office switches it on. Each meeting is published by a person who saw what goes out; what
is published is kept as it was then, so that no later edit leaks. Persons are never published.
"""

"""Control of decisions: who has to do what by when, and what was reported. A task goes when the body took note."""

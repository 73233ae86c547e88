"""The live room of a reconstruction: who is in it, its phases, its screens, and what the group writes there."""

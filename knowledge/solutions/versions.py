"""Solutions keep versions of their texts."""

from knowledge.conversation.versions import register_versioned
from knowledge.solutions.actions import KIND, restore_solution
from knowledge.solutions.policy import may_edit_solution
from knowledge.solutions.wording import TEXT_TITLES


def register() -> None:
    """Old texts were checked for fewer readers: the coordination reads them and puts them back."""
    register_versioned(KIND, TEXT_TITLES, restore_solution, may_edit_solution, may_edit_solution)

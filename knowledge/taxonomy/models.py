"""What a tenant renames in the shipped lists; the lists themselves ship with the program."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.core.tables import TenantOwned


class CodeLabel(TenantOwned, table=True):
    """A tenant's own label for a code of a list, or its own further code."""

    __tablename__ = "code_label"
    __table_args__ = (UniqueConstraint("tenant_id", "list_name", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    list_name: str = Field(max_length=64)
    key: str = Field(max_length=64)
    label: str

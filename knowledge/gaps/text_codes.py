"""From which list of the taxonomy the codes of each facet come."""

from knowledge.gaps.states import GapFacetName

CODES: dict[GapFacetName, str] = {
    GapFacetName.LIFE_DOMAIN: "life_domains",
    GapFacetName.LEGAL_DOMAIN: "legal_domains",
    GapFacetName.INTERFACE: "agency_types",
    GapFacetName.TRANSITION: "transitions",
    GapFacetName.AFFECTED_GROUP: "affected_groups",
    GapFacetName.KIND: "gap_kinds",
}
"""Facet → the list that its codes come from."""

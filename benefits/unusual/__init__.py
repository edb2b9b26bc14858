"""What is unusual on a list, for whoever is to check or approve it; the rows are read, nothing is computed anew."""

from benefits.unusual.findings import Below, Person, Unusual, unusual_on
from benefits.unusual.kinds import Finding, Kind

__all__ = ["Below", "Finding", "Kind", "Person", "Unusual", "unusual_on"]

"""Documents a center needs, filled from its settings and from what the code itself says."""

from voice_app.documents.facts import Deployment, Facts, facts_of
from voice_app.documents.writing import Document, DocumentThere, documents, write

__all__ = [
    "Deployment",
    "Document",
    "DocumentThere",
    "Facts",
    "documents",
    "facts_of",
    "write",
]

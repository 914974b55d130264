"""What is measured, for Prometheus."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST

from voice_app.routes.deps import Here

router = APIRouter()


@router.get("/metrics")
def metrics(here: Here) -> Response:
    """Prometheus's text format. No label holds a person, an attempt or what was said."""
    return Response(here.listener.meters.text(), headers={"content-type": CONTENT_TYPE_LATEST})

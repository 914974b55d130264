"""A browser as a test drives it: what its pages send along with every form and request."""

from typing import Any

from fastapi.testclient import TestClient

from voice_app.access import signins
from voice_app.routes.access import TOKEN_HEADER
from voice_app.routes.deps import OWNER_COOKIE


class PageClient(TestClient):
    """Sends the token of its pages, as their forms and scripts do."""

    def request(self, method: str, url: Any, **more: Any) -> Any:
        kept = {cookie.name: cookie.value for cookie in self.cookies.jar}
        secret = kept.get("signin") or kept.get(OWNER_COOKIE) or ""
        token = {TOKEN_HEADER: signins.csrf_of(secret)} if secret else {}
        headers = token | dict(more.pop("headers", None) or {})
        return super().request(method, url, headers=headers, **more)

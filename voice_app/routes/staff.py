"""All that only staff use: coming in, their center, their own ways in."""

from fastapi import APIRouter, Depends

from voice_app.routes import (
    staff_candidate,
    staff_home,
    staff_joining,
    staff_oidc,
    staff_passkeys,
    staff_promises,
    staff_security,
    staff_signin,
)
from voice_app.routes.private_way import check_private

router = APIRouter(dependencies=[Depends(check_private)])
for part in (
    staff_signin,
    staff_joining,
    staff_passkeys,
    staff_promises,
    staff_oidc,
    staff_security,
    staff_home,
    staff_candidate,
):
    router.include_router(part.router)

"""The owner of a center leaves out a spoken task that nobody could hear."""

from fastapi import APIRouter
from starlette.responses import Response

from voice_app.marking import leaving_out, queue
from voice_app.routes.access import NotTheirs, Who
from voice_app.routes.deps import Here
from voice_app.routes.marking_desk import held
from voice_app.routes.marking_settled import bank_of, settled
from voice_app.routes.staff_frame import go

router = APIRouter(prefix="/staff/marking")


@router.post("/{task_seq}/left-out")
def leave_out(task_seq: int, here: Here, who: Who) -> Response:
    """Let a task that nobody could hear count no more; its candidate is told."""
    try:
        with here.database.writing.begin() as session:
            task = held(session, here, task_seq, who=who)
            attempt_id, bank = task.attempt_id, bank_of(here, task.micro_competence)
            leaving_out.leave_out(session, task, bank=bank, author=who.name, at=here.clock())
            settled(session, here, attempt_id)
    except (leaving_out.NotLeftOut, queue.TakenTask) as error:
        raise NotTheirs(str(error)) from error
    return go("/staff/marking")

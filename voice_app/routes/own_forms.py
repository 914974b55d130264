"""Where a form of a person's own pages stands: there they are sent again whose token is too old."""


def page_of(path: str) -> str:
    """Give the address of the page whose form was sent to `path`."""
    match path.strip("/").split("/"):
        case ["me", "file" | "voice" | "everything" as name]:
            return f"/me/{name}"
        case ["me", *_]:
            return "/me"
        case ["consents", *_]:
            return "/consents"
        case ["share", code, *_]:
            return f"/share/{code}"
        case _:
            return "/"

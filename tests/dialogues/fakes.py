"""Small assessments for the flow, built by hand."""

from voice_app.dialogues.content import Assessment, Category, Item, Option, Section

REHEARSAL = "rain"


def item(name: str, category: Category = "product") -> Item:
    return Item(
        id=name,
        micro_competence="MC3",
        learning_outcome="LO6",
        category=category,
        task="choose",
        question="where-use",
        options=tuple(map(Option, ("north", "east", "south", "west"))),
        right="north",
    )


def assessment(*sections: int) -> Assessment:
    """Build an assessment with so many items a section: a1, a2, … b1, …"""
    categories: tuple[Category, ...] = ("product", "material", "context", "need")
    rooms = tuple(
        Section(category, tuple(f"{letter}{number + 1}" for number in range(size)))
        for category, letter, size in zip(categories, "abcd", sections, strict=False)
    )
    return Assessment(
        micro_competence="MC3",
        employer_languages=("fr",),
        sections=rooms,
        items={name: item(name, room.category) for room in rooms for name in room.items},
        rehearsal=item(REHEARSAL),
        version="0",
    )

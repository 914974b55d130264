"""The leaf strings of a document, and the document with one of them changed."""

import copy

from voice_app.scoring.badges.credential import Document


def leaves(value: object, path: tuple = ()):
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in leaves(one, (*path, key))]
    if isinstance(value, list):
        return [leaf for key, one in enumerate(value) for leaf in leaves(one, (*path, key))]
    return [(path, value)]


def changed_at(document: Document, path: tuple, value: object):
    changed = copy.deepcopy(document)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return changed


def members(value: object, path: tuple = ()):
    """Give the path to every member of every object."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield (*path, key)
            yield from members(one, (*path, key))
    elif isinstance(value, list):
        for key, one in enumerate(value):
            yield from members(one, (*path, key))


def without(document: Document, path: tuple):
    changed = copy.deepcopy(document)
    place = changed
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return changed

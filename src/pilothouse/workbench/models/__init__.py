from pilothouse.workbench.models.item import (
    BODY_LENGTH,
    TITLE_LENGTH,
    Event,
    Item,
    ItemQuerySet,
    Link,
    Run,
    Veil,
    json_ready,
)
from pilothouse.workbench.models.job import Job
from pilothouse.workbench.models.scope import OpenQuerySet
from pilothouse.workbench.models.shape import CustomField, CustomState, SavedView, Tag
from pilothouse.workbench.models.talk import Attachment, Comment, Notice, Watch

__all__ = [
    "BODY_LENGTH",
    "TITLE_LENGTH",
    "Attachment",
    "Comment",
    "CustomField",
    "CustomState",
    "Event",
    "Item",
    "ItemQuerySet",
    "Job",
    "Link",
    "Notice",
    "OpenQuerySet",
    "Run",
    "SavedView",
    "Tag",
    "Veil",
    "Watch",
    "json_ready",
]

from .membership import Membership, Role
from .organisation import District, Organisation
from .owned import Owned, UpdateRhythm
from .user import User

__all__ = ["District", "Membership", "Organisation", "Owned", "Role", "UpdateRhythm", "User"]

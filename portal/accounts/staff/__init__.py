"""What every page of the administration is made of.

Saving goes through services and so into the history; who may do what is asked of ``permissions``;
nobody sees a record that they may not edit.
"""

from .base import ServiceAdmin, ServiceStackedInline, ServiceTabularInline
from .exchange import ExchangeAdmin
from .resources import CodeWidget, ServiceResource

__all__ = [
    "CodeWidget",
    "ExchangeAdmin",
    "ServiceAdmin",
    "ServiceResource",
    "ServiceStackedInline",
    "ServiceTabularInline",
]

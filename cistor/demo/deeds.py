"""What is done about a programme, and with the letters it asks for. Pure, as the plan is."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cistor.demo.stays import Stay


@dataclass(eq=False)
class Deed:
    """`name` is a method of `Living`, `how` its particulars; without a stay it is about the whole centre."""

    name: str
    on: date
    stay: Stay | None = None
    how: dict[str, Any] = field(default_factory=dict)

"""What the control API takes and gives. Amounts are credits, or cents where a name says so; times in seconds.

The models check requests and are the schemas of the OpenAPI document, so that the two cannot tell different things.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from fake_backend.control.variants import VARIANTS
from fake_backend.processor.settings import Settings
from fake_backend.request_log import LoggedRequest

# What a column of the database can hold with room for sums.
_MOST_CREDITS = 10**12
_TEN_YEARS_S = 10 * 366 * 86_400


def _as_integer(value: object) -> object:
    """Take 100.0 for 100: JSON knows one kind of number, and so does JSON Schema's integer."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# Limits stand before the reading of 100.0, or JSON Schema would not hear of them.
Credits = Annotated[int, Field(ge=0, le=_MOST_CREDITS), BeforeValidator(_as_integer)]
Text = Annotated[str, Field(min_length=1, max_length=200)]


class _Catalogue:
    """The names of all faults, in the description alone: a wrong name is answered with the nearest right one."""

    @staticmethod
    def __get_pydantic_json_schema__(core_schema: Any, handler: Any) -> dict[str, Any]:
        from fake_backend.control.faults import CATALOGUE

        schema: dict[str, Any] = handler(core_schema)
        return schema | {"enum": sorted(CATALOGUE)}


FaultName = Annotated[Text, _Catalogue]


class _Request(BaseModel):
    # Built at the first request that needs it: the start is quicker.
    model_config = ConfigDict(extra="forbid", strict=True, defer_build=True)


class _Answer(BaseModel):
    model_config = ConfigDict(extra="allow", defer_build=True)


def _variant_model() -> type[BaseModel]:
    """Return a model with each open question and the answers it takes."""
    answers: dict[str, Any] = {name: (Literal[values] | None, None) for name, values in VARIANTS.items()}
    model: type[BaseModel] = create_model("Variant", __base__=_Request, **answers)
    model.__doc__ = "Answers to open questions; a question that is not answered keeps its answer."
    return model


Variant = _variant_model()


class NewMember(_Request):
    """A person to be; without an e-mail address or a password one is made up."""

    name: Text = "Ada Lovelace"
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$", max_length=200)] | None = None
    password: Text | None = None
    role: Text = "Owner"


class BillingInformation(_Request):
    """What a company has on its invoices."""

    company_name: Annotated[str, Field(max_length=200)] = ""
    tax_id: Annotated[str, Field(max_length=200)] = ""
    po_number: Annotated[str, Field(max_length=200)] = ""
    email: Annotated[str, Field(max_length=200)] = ""


class NewWorkspace(_Request):
    """A workspace to be. `monthly_credits` are the plan's when not given; `invoices` is a number of past ones."""

    name: Text = "Analytical Engines"
    plan: Text = "Pro Internal"
    monthly_credits: Credits | None = None
    used_credits: Credits = 0
    add_on_credits: Credits = 0
    members: Annotated[list[NewMember], Field(min_length=1, max_length=100)] = [NewMember()]
    invoices: Annotated[int, Field(ge=0, le=100_000), BeforeValidator(_as_integer)] = 0
    variant: Variant | None = None  # type: ignore[valid-type] # made from the table of variants
    faults: Annotated[list[FaultName], Field(max_length=100)] | None = None
    billing_information: BillingInformation | None = None
    processor: Settings = Settings()


class Advance(_Request):
    """How far the clock goes: by seconds, or to a point of the billing month."""

    advance_s: Annotated[float, Field(ge=0, le=_TEN_YEARS_S)] | None = None
    to: Literal["mid-month", "month-end", "next-month"] | None = None


class Faults(_Request):
    """The faults that a workspace has from now on."""

    faults: Annotated[list[FaultName], Field(max_length=100)]


class SignIn(_Request):
    """Who signs in; the first member when nobody is named."""

    member_id: Text | None = None


class Member(_Answer):
    """A member who can sign in with this password."""

    id: str
    name: str
    email: str
    password: str
    role: str


class StorageState(_Answer):
    """A browser's storage, as Playwright takes it, in which somebody is signed in."""

    cookies: list[dict[str, Any]]
    origins: list[dict[str, Any]]


class Workspace(_Answer):
    """A workspace that is there now; the first member is signed in in `storage_state`."""

    id: str
    name: str
    members: list[Member]
    storage_state: StorageState
    variant: dict[str, str]
    faults: list[str]
    sign_in_url: str


class Pool(_Answer):
    """Credits of one kind."""

    granted: int
    used: int
    remaining: int


class Balance(_Answer):
    """Credits of both kinds."""

    monthly: Pool
    add_on: Pool
    total_usable: int
    consumed: int


class Later(_Answer):
    """Credits that are still to come, or to go: only a fault has any. `due` by the workspace's clock."""

    due: float
    pool: Literal["monthly", "add_on"]
    kind: str
    credits: int
    note: str


class State(_Answer):
    """All that site and processor know of a workspace; lists are in order of time."""

    id: str
    name: str
    plan: str
    now: float
    credits: Balance
    variant: dict[str, str]
    faults: list[str]
    processor: dict[str, Any]
    ledger: list[dict[str, Any]]
    later: list[Later]
    members: list[dict[str, Any]]
    purchases: list[dict[str, Any]]
    invoices: list[dict[str, Any]]
    mail: list[dict[str, Any]]
    sessions: list[dict[str, Any]]
    deliveries: list[dict[str, Any]]


class Now(_Answer):
    """A workspace's moment, and what is still to come after it, the next first."""

    now: float
    later: list[Later]


class Ledger(_Answer):
    """What a workspace was given and has used, oldest first, and what is still to come."""

    now: float
    credits: Balance
    purchases: list[dict[str, Any]]
    ledger: list[dict[str, Any]]
    later: list[Later]


class Drained(_Answer):
    """What became of the webhooks that were on their way."""

    delivered: int
    failed: int
    pending: int


class Chosen(_Answer):
    """What a workspace has now."""

    variant: dict[str, str]
    faults: list[str]
    processor: dict[str, Any]


class LoggedRequests(_Answer):
    """Requests, oldest first."""

    entries: list[LoggedRequest]


class Health(_Answer):
    """That the fake answers, and where."""

    status: Literal["ok"]
    site_url: str
    processor_url: str


class Problem(_Answer):
    """What is wrong, in a sentence."""

    message: str


class Refusal(_Answer):
    """Every answer of 400 and above."""

    error: Problem

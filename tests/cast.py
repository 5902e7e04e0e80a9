"""One believable product and the people round it, for every test."""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.people.access import Actor
from pilothouse.people.models import Membership, Product, Role, User, Workspace

PASSWORD = "the 7:40 boat"


@dataclass
class Cast:
    """Alice (owner), Bob (member), Gwen (guest, invited to TW only) in `harbor`; Charlie (owner) in `elsewhere`."""

    alice: Actor
    bob: Actor
    gwen: Actor
    charlie: Actor
    product: Product
    private: Product
    foreign: Product


def make_cast() -> Cast:
    harbor = Workspace.objects.create(slug="harbor", name="Harbour Lines")
    elsewhere = Workspace.objects.create(slug="elsewhere", name="Elsewhere")
    tidewater = Product.objects.create(workspace=harbor, key="TW", name="Tidewater 潮汐")
    secret = Product.objects.create(workspace=harbor, key="SEC", name="Secret", private=True)
    foreign = Product.objects.create(workspace=elsewhere, key="FX", name="Foreign")
    alice, bob, gwen = (
        member(harbor, name, role) for name, role in (("alice", Role.OWNER), ("bob", Role.MEMBER), ("gwen", Role.GUEST))
    )
    tidewater.members.add(gwen.user)
    return Cast(alice, bob, gwen, member(elsewhere, "charlie", Role.OWNER), tidewater, secret, foreign)


def member(workspace: Workspace, name: str, role: Role) -> Actor:
    user = User.objects.create_user(f"{name}@example.com", PASSWORD, name=name.title())
    Membership.objects.create(workspace=workspace, user=user, role=role)
    return Actor(user, workspace, role)

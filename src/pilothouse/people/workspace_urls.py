"""Addresses below /w/<workspace>/ for people and products."""

from __future__ import annotations

from django.urls import path

from pilothouse.people.views import members, own, products, tokens

urlpatterns = [
    path("settings", own.preferences),
    path("tokens", tokens.tokens),
    path("tokens/<int:pk>/revocation", tokens.revoke),
    path("members", members.members),
    path("members/<int:pk>/role", members.set_role),
    path("members/<int:pk>/removal", members.remove_member),
    path("invitations/new", members.invite),
    path("invitations/<int:pk>/revocation", members.revoke_invitation),
    path("departure", members.leave_workspace),
    path("workspace", members.workspace_settings),
    path("log", members.log),
    path("products", products.products),
    path("products/new", products.new_product),
    path("products/key", products.product_key),
    path("<key:key>/settings", products.product_settings),
    path("<key:key>/settings/people", products.product_people),
    path("<key:key>/settings/archive", products.product_archive),
]

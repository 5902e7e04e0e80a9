"""Addresses below /w/<workspace>/ for people and products."""

from __future__ import annotations

from django.urls import path

from pilothouse.people.views import products

urlpatterns = [
    path("products", products.products),
    path("products/new", products.new_product),
    path("products/key", products.product_key),
]

"""Beside Wagtail's own addresses, which are for who has signed in wholly."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.give, name="second_factor"),
    path("mine/", views.overview, name="second_factor_overview"),
    path("mine/app/", views.add_app, name="second_factor_app"),
    path("mine/passkey/", views.add_passkey, name="second_factor_passkey"),
    path("mine/codes/", views.new_codes, name="second_factor_codes"),
    path("mine/<int:pk>/remove/", views.remove, name="second_factor_remove"),
]

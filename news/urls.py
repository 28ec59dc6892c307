"""Addresses of the news that are no pages. They stand under a language's prefix."""

from django.urls import path

from .bilingual import bilingual
from .feeds import ArticleFeed

urlpatterns = [
    path("news/feed/", ArticleFeed(), name="feed"),
    path("news/<slug:slug>/bilingual/", bilingual, name="bilingual"),
]

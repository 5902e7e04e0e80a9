"""The addresses of outcomes: readings of a metric, predictions and the verdict of a release."""

from __future__ import annotations

from django.urls import path

from pilothouse.outcomes.views import calibration, readings, releases

urlpatterns = [
    path("<key:key>/calibration", calibration.calibration),
    path("<ref:ref>/readings", readings.readings),
    path("<ref:ref>/readings/paste", readings.paste),
    path("<ref:ref>/readings/<int:number>/removal", readings.removal),
    path("<ref:ref>/predictions", releases.predictions),
    path("<ref:ref>/predictions/<int:number>", releases.prediction),
    path("<ref:ref>/predictions/<int:number>/removal", releases.removal),
    path("<ref:ref>/verdict", releases.verdict),
]

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "pilothouse.surveys"
    label = "surveys"

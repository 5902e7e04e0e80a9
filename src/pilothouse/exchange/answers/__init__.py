"""Answers of surveys as files: out in every form that people analyse in, and in again from wherever they were given."""

"""Consortia: organisations that apply together, what their call still asks for, suggestions."""

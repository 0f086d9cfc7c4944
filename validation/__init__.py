"""Shapes, competency questions and the rules that decide what may be published."""

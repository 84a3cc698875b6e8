"""How far our `fuji-*` checklists agree with F-UJI on recorded webs: `python -m tests.oracle`.

An agreement is equal points, of a test or of a metric. Cases as the CERN portal serialises them (`cod-*`) have few
distinct results, so the figures are told without them, and once over all.
"""

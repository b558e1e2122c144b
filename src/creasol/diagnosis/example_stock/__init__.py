"""Small synthetic files for the metropole of Lille: always the same, nobody real in them.

`metropole` says which communes make which territory, `calibration` how many establishments of each size go
where so that the figures quoted in 2011 come out, `invention` makes up organisations, `stock` writes the pair
of SIRENE files, `passing_time` the same as another month would show them, and `facilities` the permanent
facilities database (BPE), in the official shapes.
"""

"""What a provider begins with: every line that can be used stands behind a # without a space."""

from __future__ import annotations

from typing import Final

TEMPLATE: Final = """\
# Exercises: what your physio, or you, want other than the presets, and exercises of your own.
#
# Save this as exercises.toml beside the settings, or under any name that ends in .toml in a folder
# "exercises" there. Take the # away from the lines that are to be used. Who chose a value may stand
# behind another #. `hipmonitor exercise list` shows what is in force.

# --- Another target for an exercise of the library: write only what is to be different.
#     sets, repetitions      how many
#     range_deg              how far, in degrees from the start pose; of a hold: the angle to keep
#     up_s, hold_s, down_s   tempo, in seconds; 0 = not asked for
#     rest_s                 between sets, in seconds
#     minutes                of an exercise that counts time
#     walk_s, jog_s, rounds  walk and jog by turns

#[bridge.target]
#sets = 2
#repetitions = 12
#hold_s = 3

# --- An exercise that is offered only where a provider chose it: naming it is choosing it.

#[figure_four_stretch]

# --- An exercise of your own. Its name has small letters, digits and _, and stays for ever: records carry it.

#[step_up]
#title = "Step-up"
#counts = "repetitions"        # repetitions, holds or minutes
#sees = "flexion"              # what the thigh does: flexion, extension, rising, falling (its slope),
#                              # roll_out (kneecap outwards), turn (any movement that gravity shows)
#least_deg = 20                # a smaller movement is not even a partial repetition
#most_deg = 110                # beyond it something else was done
#instructions = [
#  "Stand in front of a low step.",
#  "Step up, and straighten the knee.",
#  "Step down slowly.",
#]
#unseen = "The sensor does not see the knee or the pelvis."

#[step_up.start]               # what is looked at before a set begins; may be left out
#words = "Stand upright."
#inclination_deg = [0, 25]     # slope of the thigh: 0 upright, 90 level; flexion_deg, roll_out_deg likewise

#[step_up.target]
#repetitions = 10
#range_deg = 50

# --- Time in activities instead of repetitions: kinds are walk, run, stairs, cycle.

#[hill_walk]
#title = "Hill walk"
#counts = "minutes"
#kinds = ["walk", "stairs"]

#[hill_walk.target]
#minutes = 15
"""

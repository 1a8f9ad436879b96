"""The movement of every exercise that has a drawing, by the name of the drawing. The sensor's leg is the near one."""

from __future__ import annotations

from dataclasses import replace

from hipmonitor.core.exercises import Exercise
from hipmonitor.ui.view_model.exercise.gaits import CYCLING, JOGGING, WALKING
from hipmonitor.ui.view_model.exercise.limb_pose import LimbPose
from hipmonitor.ui.view_model.exercise.move import Move, Plant, Prop

ON_ALL_FOURS = LimbPose(
    trunk_deg=92,
    head_deg=-12,
    shank_deg=-90,
    ankle_deg=15,
    far_shank_deg=-90,
    far_ankle_deg=15,
    arm_deg=2,
    forearm_deg=2,
    far_arm_deg=2,
    far_forearm_deg=2,
)
ON_THE_SIDE = LimbPose(
    trunk_deg=-90,
    thigh_deg=90,
    shank_deg=90,
    ankle_deg=24,
    far_thigh_deg=90,
    far_shank_deg=90,
    far_ankle_deg=24,
    arm_deg=96,
    forearm_deg=86,
    far_arm_deg=-100,
    far_forearm_deg=84,
)
KNEES_BENT = replace(
    ON_THE_SIDE,
    thigh_deg=80,
    thigh_share=0.72,
    shank_deg=96,
    shank_share=0.72,
    far_thigh_deg=80,
    far_thigh_share=0.72,
    far_shank_deg=96,
    far_shank_share=0.72,
)
ON_THE_BACK = LimbPose(
    trunk_deg=-90,
    thigh_deg=143,
    far_thigh_deg=143,
    arm_deg=84,
    forearm_deg=88,
    far_arm_deg=84,
    far_forearm_deg=88,
)
LEGS_UP = replace(
    ON_THE_BACK,
    thigh_deg=178,
    shank_deg=92,
    far_thigh_deg=178,
    far_shank_deg=92,
    arm_deg=180,
    forearm_deg=180,
    far_arm_deg=180,
    far_forearm_deg=180,
)
SEATED = LimbPose(
    y=1.07,
    trunk_deg=178,
    thigh_deg=88,
    far_thigh_deg=88,
    arm_deg=30,
    forearm_deg=70,
    far_arm_deg=30,
    far_forearm_deg=70,
)
CROSSED = replace(SEATED, trunk_deg=176, arm_deg=34, forearm_deg=58)
PERCHED = replace(SEATED, y=1.3, trunk_deg=180, far_thigh_deg=76, ankle_deg=80)
STANDING = LimbPose(trunk_deg=180, arm_deg=-4, forearm_deg=8, far_arm_deg=-4, far_forearm_deg=8)

MOVES: dict[str, Move] = {
    "banded_donkey_kick": Move(
        keys=(ON_ALL_FOURS, replace(ON_ALL_FOURS, thigh_deg=-84, shank_deg=-172, ankle_deg=80)),
        words="On all fours; one bent leg goes up behind.",
        plant=Plant.KNEE,
        prop=Prop.MAT,
    ),
    "banded_side_lying_leg_raise": Move(
        keys=(ON_THE_SIDE, replace(ON_THE_SIDE, thigh_deg=126, shank_deg=126)),
        words="Lying on the side; the upper leg goes up, straight.",
        prop=Prop.MAT,
    ),
    "clam_raise": Move(
        keys=(KNEES_BENT, replace(KNEES_BENT, thigh_deg=128, thigh_share=0.78, shank_deg=55, shank_share=0.99)),
        words="Lying on the side, knees bent; the upper knee opens, the feet stay together.",
        ways=("Open", "Close"),
        prop=Prop.MAT,
    ),
    "bridge": Move(
        keys=(
            ON_THE_BACK,
            replace(
                ON_THE_BACK,
                x=-0.076,
                y=0.647,
                trunk_deg=-67.7,
                head_deg=18,
                thigh_deg=112,
                shank_deg=-15,
                ankle_deg=105,
                far_thigh_deg=112,
                far_shank_deg=-15,
                far_ankle_deg=105,
            ),
        ),
        words="Lying on the back, knees bent; the hips go up until trunk and thighs are one line.",
        prop=Prop.MAT,
    ),
    "bird_dog": Move(
        keys=(ON_ALL_FOURS, replace(ON_ALL_FOURS, thigh_deg=-91, shank_deg=-91, far_arm_deg=96, far_forearm_deg=96)),
        words="On all fours; one leg goes straight back, the other arm straight forward.",
        ways=("Out", "Back"),
        plant=Plant.KNEE,
        prop=Prop.MAT,
    ),
    "dead_bug": Move(
        keys=(LEGS_UP, replace(LEGS_UP, thigh_deg=103, shank_deg=95, far_arm_deg=254, far_forearm_deg=254)),
        words="Lying on the back, legs and arms up; one leg and the other arm go down, long.",
        ways=("Down", "Up"),
        prop=Prop.MAT,
    ),
    "sit_to_stand": Move(
        keys=(
            replace(SEATED, shank_deg=-9, far_shank_deg=-9, arm_deg=20, forearm_deg=75, trunk_deg=172),
            replace(
                STANDING,
                trunk_deg=138,
                head_deg=-16,
                thigh_deg=68,
                far_thigh_deg=68,
                shank_deg=-20,
                far_shank_deg=-20,
                ankle_deg=110,
                far_ankle_deg=110,
                arm_deg=40,
                forearm_deg=70,
                far_arm_deg=40,
                far_forearm_deg=70,
            ),
            STANDING,
        ),
        words="From a chair to standing, and back.",
        plant=Plant.FOOT,
        prop=Prop.CHAIR,
    ),
    "squat": Move(
        keys=(
            STANDING,
            replace(
                STANDING,
                trunk_deg=146,
                head_deg=-14,
                thigh_deg=74,
                shank_deg=-24,
                ankle_deg=114,
                far_thigh_deg=74,
                far_shank_deg=-24,
                far_ankle_deg=114,
                arm_deg=76,
                forearm_deg=88,
                far_arm_deg=76,
                far_forearm_deg=88,
            ),
        ),
        words="Standing; the hips go back and down, then up again.",
        ways=("Down", "Up"),
        plant=Plant.FOOT,
    ),
    "seated_hip_flexor_stretch": Move(
        keys=(
            replace(PERCHED, thigh_deg=60, shank_deg=-44),
            replace(PERCHED, thigh_deg=23, shank_deg=-75, ankle_deg=60),
            replace(PERCHED, thigh_deg=-14, shank_deg=-80, ankle_deg=30, trunk_deg=182),
        ),
        words="Sitting sideways at the edge of a chair; one thigh sinks down and back.",
        ways=("Sink", "Back"),
        prop=Prop.CHAIR,
    ),
    "figure_four_stretch": Move(
        keys=(
            replace(CROSSED, thigh_deg=100, thigh_share=0.86, shank_deg=78, shank_share=0.2),
            replace(CROSSED, thigh_deg=70, thigh_share=0.72, shank_deg=126, shank_share=0.42),
        ),
        words="Sitting, one ankle on the other knee; the knee sinks outwards.",
        ways=("Sink", "Back"),
        prop=Prop.CHAIR,
    ),
    "free_set": Move(
        keys=(
            STANDING,
            replace(
                STANDING, thigh_deg=80, shank_deg=-4, arm_deg=-24, forearm_deg=10, far_arm_deg=26, far_forearm_deg=50
            ),
        ),
        words="Standing; one thigh goes up and down.",
        ways=("Out", "Back"),
        plant=Plant.FOOT,
    ),
    "walking": WALKING,
    "walk_jog_intervals": JOGGING,
    "cycling_upright": CYCLING,
}


def move_of(exercise: Exercise) -> Move:
    """Its drawing; one that has none of its own shows a thigh that goes up and down."""
    return MOVES.get(exercise.figure or exercise.name, MOVES["free_set"])

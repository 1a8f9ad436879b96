"""The exercises of ours, as a table. Angles are the thigh's (0 = own quiet standing); targets are presets that somebody confirms.

Start poses are wide: people, chairs and straps differ, and a sensor placed by itself is a few degrees off. Signs follow from
the thigh frame (x forward, y from knee to hip, z right): lying, the long axis is level (inclination 90), a knee above the hip
is more than 90; lying on the side with the worn leg on top turns the kneecap inwards by 90 (roll out = -90).
"""

from __future__ import annotations

from hipmonitor.core.exercises import Counts, Exercise, Sees, StartPose, Target

ON_HANDS_AND_KNEES = StartPose(
    words="Kneel on hands and knees, with the thigh upright under the hip.", inclination_deg=(0.0, 40.0)
)
WORN_LEG_ON_TOP = StartPose(
    words="Lie on the side, with the worn leg on top.", inclination_deg=(60.0, 118.0), roll_out_deg=(-140.0, -45.0)
)
SEATED = StartPose(
    words="Sit on a firm chair, with the foot flat on the floor.",
    inclination_deg=(50.0, 118.0),
    flexion_deg=(50.0, 118.0),
    roll_out_deg=(-45.0, 45.0),
)
KNEELING_OR_STANDING = "One sensor on the thigh cannot tell kneeling from standing, and does not see the back."
SIDE_UNSEEN = "A pelvis that rolls back looks like the leg moving, and whether the hip is bent is not seen."
TURN_UNSEEN = "The strap follows only part of the turn of the bone: the true turn may be larger."
SEAT_UNSEEN = "The trunk and the pelvis are not seen; lying on the back with the legs straight looks like sitting."

LIBRARY: tuple[Exercise, ...] = (
    Exercise(
        name="banded_donkey_kick",
        title="Banded donkey kick",
        counts=Counts.REPETITIONS,
        sees=Sees.EXTENSION,
        start=ON_HANDS_AND_KNEES,
        least_deg=15.0,
        most_deg=150.0,
        target=Target(sets=2, repetitions=10, range_deg=40.0, up_s=1.0, hold_s=1.0, down_s=2.0),
        instructions=(
            "Kneel on hands and knees with the band around both thighs.",
            "Push the worn leg's heel up and back, with the knee bent.",
            "Bring the knee down again slowly, without swinging.",
        ),
        unseen=KNEELING_OR_STANDING,
    ),
    Exercise(
        name="banded_side_lying_leg_raise",
        title="Banded side-lying leg raise",
        counts=Counts.REPETITIONS,
        sees=Sees.RISING,
        start=WORN_LEG_ON_TOP,
        least_deg=8.0,
        most_deg=80.0,
        target=Target(sets=2, repetitions=10, range_deg=20.0, up_s=1.0, hold_s=1.0, down_s=2.0),
        instructions=(
            "Lie on the side with the worn leg on top, straight, and the band around both thighs.",
            "Raise the leg, with the toes pointing forward.",
            "Lower it slowly.",
        ),
        unseen=SIDE_UNSEEN,
    ),
    Exercise(
        name="clam_raise",
        title="Clam raise",
        counts=Counts.REPETITIONS,
        sees=Sees.ROLL_OUT,
        start=WORN_LEG_ON_TOP,
        least_deg=7.0,
        most_deg=100.0,
        target=Target(sets=2, repetitions=12, range_deg=18.0, up_s=1.0, hold_s=1.0, down_s=2.0),
        instructions=(
            "Lie on the side with the worn leg on top, hips and knees half bent.",
            "Open the knees like a shell, with the feet together and the pelvis still.",
            "Close them slowly.",
        ),
        unseen=f"{TURN_UNSEEN} A pelvis that rolls back looks like the leg moving.",
    ),
    Exercise(
        name="bridge",
        title="Bridge",
        counts=Counts.REPETITIONS,
        sees=Sees.FALLING,
        start=StartPose(
            words="Lie on the back with the knees bent and the feet on the floor.",
            inclination_deg=(105.0, 165.0),
            roll_out_deg=(-50.0, 50.0),
        ),
        least_deg=8.0,
        most_deg=90.0,
        target=Target(sets=2, repetitions=10, range_deg=20.0, up_s=1.0, hold_s=2.0, down_s=2.0),
        instructions=(
            "Lie on the back with the knees bent and the feet hip-width apart.",
            "Raise the hips until trunk and thighs are in line.",
            "Lower them slowly.",
        ),
        unseen="The back and the pelvis are not seen, nor which leg carries the weight.",
    ),
    Exercise(
        name="bird_dog",
        title="Bird-dog",
        counts=Counts.REPETITIONS,
        sees=Sees.EXTENSION,
        start=ON_HANDS_AND_KNEES,
        least_deg=15.0,
        most_deg=150.0,
        target=Target(sets=2, repetitions=8, range_deg=45.0, up_s=2.0, hold_s=3.0, down_s=2.0),
        instructions=(
            "Kneel on hands and knees, with the back flat.",
            "Stretch the worn leg back and the other arm forward.",
            "Hold, then bring both back slowly.",
        ),
        unseen="The arm and the back are not seen, and turns of the other leg do not count.",
    ),
    Exercise(
        name="dead_bug",
        title="Dead bug",
        counts=Counts.REPETITIONS,
        sees=Sees.EXTENSION,
        start=StartPose(
            words="Lie on the back with the worn thigh upright, the knee above the hip.", inclination_deg=(155.0, 180.0)
        ),
        least_deg=15.0,
        most_deg=130.0,
        target=Target(sets=2, repetitions=8, range_deg=35.0, up_s=2.0, hold_s=0.0, down_s=2.0),
        instructions=(
            "Lie on the back with both knees above the hips and the arms up.",
            "Lower the worn leg and the other arm towards the floor, with the back flat.",
            "Bring them up again slowly.",
        ),
        unseen="The back and the arms are not seen, and turns of the other leg do not count.",
    ),
    Exercise(
        name="sit_to_stand",
        title="Sit to stand",
        counts=Counts.REPETITIONS,
        sees=Sees.EXTENSION,
        start=SEATED,
        least_deg=25.0,
        most_deg=150.0,
        target=Target(sets=2, repetitions=8, range_deg=50.0, up_s=2.0, hold_s=0.0, down_s=3.0),
        instructions=(
            "Sit at the front of a firm chair, with the feet hip-width apart.",
            "Stand up without your hands.",
            "Sit down slowly, with control.",
        ),
        unseen="Whether the hands help is not seen, nor the bend of the hip while the trunk leans forward.",
    ),
    Exercise(
        name="squat",
        title="Squat to a set depth",
        counts=Counts.REPETITIONS,
        sees=Sees.FLEXION,
        start=StartPose(words="Stand with the feet hip-width apart.", inclination_deg=(0.0, 30.0)),
        least_deg=15.0,
        most_deg=150.0,
        target=Target(sets=2, repetitions=8, range_deg=50.0, up_s=2.0, hold_s=0.0, down_s=2.0),
        instructions=(
            "Stand with the feet hip-width apart.",
            "Bend hips and knees down to the depth that was set, no further.",
            "Stand up again.",
        ),
        unseen="The hip bends further than the thigh shows, because the pelvis tips forward.",
    ),
    Exercise(
        name="seated_hip_flexor_stretch",
        title="Seated hip-flexor stretch",
        counts=Counts.HOLDS,
        sees=Sees.EXTENSION,
        start=SEATED,
        least_deg=20.0,
        most_deg=150.0,
        target=Target(sets=1, repetitions=2, range_deg=45.0, hold_s=20.0),
        instructions=(
            "Sit sideways on the front of a chair, with the worn leg at the edge.",
            "Let the worn knee sink beside the chair and slide the foot back.",
            "Hold where it pulls gently, then come back.",
        ),
        unseen=SEAT_UNSEEN,
        stretch=True,
    ),
    Exercise(
        name="figure_four_stretch",
        title="Figure-four stretch",
        counts=Counts.HOLDS,
        sees=Sees.ROLL_OUT,
        start=SEATED,
        least_deg=10.0,
        most_deg=120.0,
        target=Target(sets=1, repetitions=2, range_deg=25.0, hold_s=20.0),
        instructions=(
            "Sit on a firm chair and lay the worn leg's ankle on the other knee.",
            "Let the worn knee sink outwards, with the back long.",
            "Hold where it pulls gently, then come back.",
        ),
        unseen=TURN_UNSEEN,
        provider_only=True,
        stretch=True,
    ),
    Exercise(
        name="walking",
        title="Walking",
        counts=Counts.MINUTES,
        kinds=("walk", "stairs"),
        target=Target(minutes=10.0),
        instructions=(
            "Walk at a pace at which you can talk.",
            "Short steps are fine.",
            "Stop for a rest whenever you like.",
        ),
        unseen="The ground, the load you carry and the other leg are not seen.",
    ),
    Exercise(
        name="walk_jog_intervals",
        title="Walk and jog by turns",
        counts=Counts.MINUTES,
        kinds=("walk", "run"),
        target=Target(walk_s=120.0, jog_s=60.0, rounds=6),
        instructions=(
            "Walk until you hear that it is time to jog.",
            "Jog gently, with short steps.",
            "Walk again when you hear it.",
        ),
        unseen="The ground, the speed and the other leg are not seen.",
    ),
    Exercise(
        name="jogging",
        title="Jogging",
        counts=Counts.MINUTES,
        kinds=("run",),
        target=Target(minutes=10.0),
        instructions=(
            "Jog at a pace at which you can talk.",
            "Short steps bend the hip less.",
            "Walk for a while whenever you like.",
        ),
        unseen="The ground, the speed and the other leg are not seen.",
        figure="walk_jog_intervals",
    ),
    Exercise(
        name="cycling_upright",
        title="Cycling, upright",
        counts=Counts.MINUTES,
        kinds=("cycle",),
        target=Target(minutes=10.0),
        instructions=(
            "Set the saddle high and sit upright.",
            "Pedal with little resistance.",
            "Stop for a rest whenever you like.",
        ),
        unseen="The trunk is not seen: leaning forward bends the hip further than the thigh shows.",
    ),
    Exercise(
        name="free_set",
        title="Free set",
        counts=Counts.REPETITIONS,
        sees=Sees.TURN,
        least_deg=10.0,
        most_deg=170.0,
        target=Target(sets=1),
        instructions=(
            "Do any exercise that moves the worn thigh to and fro.",
            "Begin when you are in position.",
            "End the set when you are done.",
        ),
        unseen="Movements that only turn the thigh about a vertical line are not seen.",
    ),
)
BY_NAME = {exercise.name: exercise for exercise in LIBRARY}
STRETCH_SENTENCE = "Stop before it pinches: a stretch never goes into a pinch."

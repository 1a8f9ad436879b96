"""What the program does, can see and cannot see, and when to see someone: said in the first steps and in About."""

from __future__ import annotations

DOES = (
    "hipmonitor keeps track of how long you sit and how far your hip bends, from a small sensor on the thigh.",
    "It reminds you calmly when a limit is reached that you or your physio set, and keeps a history of your days.",
    "Awareness is what this can offer. It does not treat anything, and decisions stay with you and your physio.",
    "It is not a medical device.",
)
SEES = (
    "Measured: the angle of the thigh, usually to 2 to 4 degrees once calibrated; sitting, standing, walking; time.",
    "Estimated: the hip angle, about ± 13° with the thigh sensor alone.",
    "With a second sensor on the pelvis the hip is measured, about ± 4°.",
)
CANNOT_SEE = (
    "Leaning forward, for the back carries no sensor.",
    "Sitting very still or lying: these two are not always told apart; then nothing is told.",
    "Pain, and what happens inside the joint.",
)
SEE_SOMEONE = (
    "Severe pain, or you cannot put weight on the leg; a leg that gives way, a hip that locks.",
    "Numbness, weakness or tingling that grows; a numb saddle, or loss of bladder or bowel control.",
    "Fever or feeling ill with hip pain; a swollen hot calf; after a fall or an accident.",
    "Pain that stops walking or sleep, or no improvement.",
)
STAYS = "Everything stays on this computer. Nothing is sent anywhere by itself."

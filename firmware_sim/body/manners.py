"""How the movements between postures are made, with the numbers behind them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How the movements between postures are made. Angles in degrees, times in seconds or as shares of the movement."""

    walk_ramp_s: float = 1.0
    """From standing to full strides and back: about one stride (gait initiation takes 1 to 2 steps)."""
    seat_contact: float = 0.8
    """Share of sitting down after which the seat is touched."""
    lean_share: float = 0.45
    """Share of sitting down or rising in which the trunk leans forward; the rest straightens it."""
    thigh_waits: float = 0.25
    """Share of rising before the thigh moves: the trunk leans first (Schenkman 1990, flexion-momentum phase)."""
    seat_off: float = 0.35
    recline_s: float = 3.0
    turn_over_s: float = 2.5
    take_off_s: float = 4.0
    side_flexion_deg: float = 40.0
    """Hips bent this far when lying on the side."""
    shift_s: tuple[float, float] = (0.6, 1.8)
    shift_sd_deg: tuple[float, float, float] = (3.0, 3.0, 4.0)
    """SD of a leg shift: flexion, abduction, rotation."""
    lean_sd_deg: float = 7.0
    lean_back_deg: float = 8.0
    slide_deg: float = 4.0
    """Leaning back the pelvis rolls further and the knees come down a little."""
    bounce_share: float = 0.15
    """Share of leg shifts that turn into bouncing the heel for some seconds."""
    stir_deg: float = 0.5
    """SD of the tiny shifts of somebody who sits quietly; lying it is half of that."""
    stir_s: tuple[float, float] = (0.4, 1.2)
    lying_stirs: float = 0.4
    """Lying quietly shifts are so much rarer."""
    shake: float = 10.0
    """Loaded muscles shake while sitting down and rising, by so much of the tremor in sitting."""
    stir_standing: float = 1.5
    stir_walking: float = 0.2
    stir_lying: float = 0.35
    """Micro-motion, as a share of that in sitting."""
    speed_sd: float = 0.05
    """Speed of a walk against the one that was meant, and its changes on the way."""
    speed_changes_per_min: float = 1.0
    turns_per_min: float = 3.0
    turn_sd_deg: float = 50.0
    floor_takes: float = 1.7
    """Getting down to the floor and up again, in times of a chair."""
    cross_s: float = 1.4
    """Crossing the legs, slumping, leaning forward once seated."""
    bent_flexion_deg: float = 48.0
    """Hips bent this far when lying on the back with the feet on the bed."""
    mount_s: float = 2.5
    """Getting on a bicycle and under way, or off."""
    bicycle_shakes_mps2: float = 1.9
    """Root mean square upwards at the saddle on asphalt and paving; HARTH's thighs show 1.5 to 3 above 3 Hz (all axes)."""
    car_shakes_mps2: tuple[float, float] = (0.25, 0.6)
    """Car and bus seats on roads, unweighted (ISO 2631 surveys: 0.3 to 0.6)."""
    squat_deg: tuple[float, float] = (95.0, 13.0)
    lunge_deg: tuple[float, float] = (80.0, 8.0)
    """Depth of the thigh, mean and SD between sets or repetitions."""
    knee_lift_deg: tuple[float, float] = (72.0, 10.0)
    """Height of a knee that is lifted while standing; who is told "to hip height" stays below (a guess)."""
    weight_shifts_per_min: float = 1.5
    """Of somebody who stands for a while (Duarte and Zatsiorsky 1999: 1 to 3 shifts of posture a minute)."""
    recross_per_min: float = 0.15
    """Legs that are crossed change over."""

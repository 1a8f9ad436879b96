"""Tables of text that are known: how each program names its columns.

Which of them a table is, its header line tells. Times of phones and of x-IMU3 count from their own start, or are UTC.
"""

from __future__ import annotations

from typing import Final

from hipmonitor.io.files.columns import Columns, Orientation, TimeColumn, Vector

U32: Final = 4294967296.0
DOT_TIME: Final = TimeColumn(column="SampleTimeFine", unit="us", wraps_at=U32, clock="wall")
"""µs of the sensor, u32; the date stands in the preamble."""
SENSOR_LOGGER_TIME: Final = TimeColumn(column="time", unit="ns", clock="utc")
XYZ: Final = ("x", "y", "z")

PRESETS: Final[tuple[Columns, ...]] = (
    # The app's modes with rates and accelerations. Names from the maker's manual; no such file was at hand.
    Columns(
        name="movella-dot-raw",
        time=DOT_TIME,
        begins_with="StartTime:",
        acc=Vector(columns=("Acc_X", "Acc_Y", "Acc_Z"), unit="m/s2"),
        gyr=Vector(columns=("Gyr_X", "Gyr_Y", "Gyr_Z"), unit="deg/s"),
    ),
    # The app's "extended quaternion": no raw acceleration, no rates. Both are made of the orientations (see `turned`).
    Columns(
        name="movella-dot",
        time=DOT_TIME,
        begins_with="StartTime:",
        orientation=Orientation(columns=("Quat_W", "Quat_X", "Quat_Y", "Quat_Z")),
        free_acc=Vector(columns=("FreeAcc_X", "FreeAcc_Y", "FreeAcc_Z"), unit="m/s2"),
    ),
    # Inertial.csv of the x-IMU3 software.
    Columns(
        name="x-imu3",
        time=TimeColumn(column="Timestamp (us)", unit="us"),
        acc=Vector(columns=("Accelerometer X (g)", "Accelerometer Y (g)", "Accelerometer Z (g)"), unit="g"),
        gyr=Vector(columns=("Gyroscope X (deg/s)", "Gyroscope Y (deg/s)", "Gyroscope Z (deg/s)"), unit="deg/s"),
    ),
    # phyphox, "Acceleration (with g)" or a gyroscope beside it: every sensor in a file of its own.
    Columns(
        name="phyphox",
        time=TimeColumn(column="Time (s)", unit="s"),
        acc=Vector(columns=("Acceleration x (m/s^2)", "Acceleration y (m/s^2)", "Acceleration z (m/s^2)"), unit="m/s2"),
        gyr=Vector(
            columns=("Gyroscope x (rad/s)", "Gyroscope y (rad/s)", "Gyroscope z (rad/s)"),
            unit="rad/s",
            file="Gyroscope.csv",
            optional=True,
        ),
    ),
    # Physics Toolbox: multi record, then g-force alone. Times as seconds or as text, by version and system.
    Columns(
        name="physics-toolbox",
        time=TimeColumn(column="time", unit="s"),
        acc=Vector(columns=("gFx", "gFy", "gFz"), unit="g"),
        gyr=Vector(columns=("wx", "wy", "wz"), unit="rad/s"),
    ),
    Columns(
        name="physics-toolbox-g-force",
        time=TimeColumn(column="time", unit="s"),
        acc=Vector(columns=("gFx", "gFy", "gFz"), unit="g"),
    ),
    # Sensor Logger: with gravity on Android; on iOS it is in a file of its own. (There +1 g is downwards unless "Standardise Units
    # & Frames" is on: all axes turned round together, which the angles of a thigh do not show.)
    Columns(
        name="sensor-logger",
        files=("TotalAcceleration.csv",),
        time=SENSOR_LOGGER_TIME,
        acc=Vector(columns=XYZ, unit="m/s2"),
        gyr=Vector(columns=XYZ, unit="rad/s", file="Gyroscope.csv", optional=True),
    ),
    Columns(
        name="sensor-logger-ios",
        files=("Accelerometer.csv",),
        time=SENSOR_LOGGER_TIME,
        acc=Vector(columns=XYZ, unit="m/s2"),
        gravity=Vector(columns=XYZ, unit="m/s2", file="Gravity.csv"),
        gyr=Vector(columns=XYZ, unit="rad/s", file="Gyroscope.csv", optional=True),
    ),
)
BY_NAME: Final = {preset.name: preset for preset in PRESETS}

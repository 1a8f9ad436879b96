"""Files of other makers, as samples of one sensor."""

from hipmonitor.io.files.actigraph_gt3x import ActigraphFile, Gt3xDamage
from hipmonitor.io.files.axivity_cwa import AxivityFile, CwaChunk
from hipmonitor.io.files.columns import Columns
from hipmonitor.io.files.columns_toml import dump_columns
from hipmonitor.io.files.csv_file import CsvFile
from hipmonitor.io.files.cwa_blocks import CwaDamage
from hipmonitor.io.files.kinds import ENDINGS, NPZ, RECORDINGS, columns_from, open_samples
from hipmonitor.io.files.npz_file import NpzArrays, read_npz
from hipmonitor.io.files.presets import PRESETS
from hipmonitor.io.files.sample_file import FileClock, SampleChunk, SampleFile

__all__ = [
    "ENDINGS",
    "NPZ",
    "PRESETS",
    "RECORDINGS",
    "ActigraphFile",
    "AxivityFile",
    "Columns",
    "CsvFile",
    "CwaChunk",
    "CwaDamage",
    "FileClock",
    "Gt3xDamage",
    "NpzArrays",
    "SampleChunk",
    "SampleFile",
    "columns_from",
    "dump_columns",
    "open_samples",
    "read_npz",
]

"""Files of other makers, as samples of one sensor."""

from hipmonitor.io.files.axivity_cwa import AxivityFile, CwaChunk
from hipmonitor.io.files.cwa_blocks import CwaDamage

__all__ = ["AxivityFile", "CwaChunk", "CwaDamage"]

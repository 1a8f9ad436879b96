"""Results written as files that other programs read; what stands in them is decided elsewhere."""

from hipmonitor.io.export.csv_tables import write_csv
from hipmonitor.io.export.new_place import new_file, new_folder
from hipmonitor.io.export.opensim_storage import write_quaternions, write_storage
from hipmonitor.io.export.parquet_tables import write_parquet
from hipmonitor.io.export.table import Column, Table

__all__ = [
    "Column",
    "Table",
    "new_file",
    "new_folder",
    "write_csv",
    "write_parquet",
    "write_quaternions",
    "write_storage",
]

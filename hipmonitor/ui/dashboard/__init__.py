"""The window: Qt and pyqtgraph live here and nowhere else. It draws plain values of `ui.view_model`; it computes none."""

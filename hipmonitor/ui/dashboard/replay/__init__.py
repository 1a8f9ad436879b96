"""The Replay view: a recording, seen again at any instant and any speed."""

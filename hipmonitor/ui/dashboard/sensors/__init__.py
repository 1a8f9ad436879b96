"""The Sensors view: who is heard, who is connected, where they are worn."""

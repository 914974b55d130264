"""MyCred4Home Voice: a voice-first assessment service for domestic work."""

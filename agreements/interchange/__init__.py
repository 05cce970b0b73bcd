"""Files in and out: reading what offices send, planning what it changes, writing it whole or not at all."""

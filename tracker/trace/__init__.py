"""What happened, so that nobody can change it unseen: who took what out, and the seals over every log."""

"""The pages of the needs: public, then staff."""

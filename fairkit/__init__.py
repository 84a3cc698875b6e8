"""Make datasets and AI models FAIR, and publish them."""

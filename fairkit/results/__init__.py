"""Results of trained models: computed from predictions, kept beside the model, held against each other."""

"""The exercises and predictions of each lesson: a module lesson_NN, or a folder where there are many."""

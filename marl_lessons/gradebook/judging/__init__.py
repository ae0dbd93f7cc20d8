"""The judge: stays outside, lets `evaluate` ask the functions of a student's process, and writes down what it says."""

"""Reports: findings in the words and the layout of the field, in several formats."""

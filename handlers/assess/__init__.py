"""The assessment: what people think of the statements, alone and in groups, and what came of it."""

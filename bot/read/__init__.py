"""READ: the only place that fetches; turns answers of a wiki into values and saves nothing."""

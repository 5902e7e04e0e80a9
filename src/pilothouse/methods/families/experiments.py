from pilothouse.methods._method import Method

METHODS: tuple[Method, ...] = ()

// A program that imports nothing and does nothing: what Deno itself takes to start and to end.

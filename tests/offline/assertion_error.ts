// The error that every failed assertion throws, in a file of its own because two files throw it.

export class AssertionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** What the interpreter uses of the library: its public names. */

export * from "../../mod.ts";

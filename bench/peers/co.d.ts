/** As much of co's types as the benches need; the package has none. */

export default function co<T>(body: () => Generator<unknown, T, never>): Promise<T>;

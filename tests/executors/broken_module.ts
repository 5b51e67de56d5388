throw new RangeError("this module does not load");
export function job(): number {
  return 1;
}

/** What no message, file or answer of this product comes near to; what has more costs whoever reads it seconds for nothing. */
export const REASON = {
  /** Objects and arrays inside each other. */
  depth: 64,
  /** Members of one object, elements of one array. */
  members: 200_000,
  /** Values in all. */
  values: 3_000_000,
} as const;
type Limits = { readonly [K in keyof typeof REASON]: number };

/**
 * Whether a value that came as JSON is one that somebody may have meant. Asked before a schema is: that says of each element
 * of an endless list what is wrong with it, which takes a hundred times what parsing it took, and whoever walks a value
 * down (canonical JSON does) falls where it is nested without end.
 */
export function isWithinReason(value: unknown, { depth, members, values }: Limits = REASON): boolean {
  let left = values;
  // Level by level: what looks for depth must not fall into it.
  let level: readonly object[] = isNest(value) ? [value] : [];
  for (let deep = 1; level.length > 0; deep += 1) {
    if (deep > depth) return false;
    const below: object[] = [];
    for (const nest of level) {
      const inside: readonly unknown[] = Array.isArray(nest) ? nest : Object.values(nest);
      left -= inside.length;
      if (inside.length > members || left < 0) return false;
      for (const one of inside) if (isNest(one)) below.push(one);
    }
    level = below;
  }
  return true;
}

const isNest = (value: unknown): value is object => typeof value === 'object' && value !== null;

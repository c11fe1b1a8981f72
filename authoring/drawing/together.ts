/**
 * Items that ask about one passage stand behind each other, where the first of them was drawn, and in the order in which they are written;
 * all others stay.
 * @param passageOf what an item asks about, nothing where it stands by itself
 */
export function together(drawn: readonly number[], passageOf: (at: number) => string | undefined): readonly number[] {
  const groups = Map.groupBy(drawn, (at) => passageOf(at) ?? at);
  return [...groups.values()].flatMap((group) => group.toSorted((a, b) => a - b));
}

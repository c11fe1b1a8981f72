/** JSON in which what no database holds, half of a pair of code units or a zero, stands as the mark of a lost character. */
export const storable = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'string' ? one.toWellFormed().replaceAll('\u0000', '\ufffd') : one,
  );

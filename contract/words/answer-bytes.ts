/**
 * The body of an answer, read no further than anybody needs: whoever answers may send without an end, and a few kilobytes
 * that travel compressed may be gigabytes here.
 * @returns nothing where it has more than `most` bytes; throws what reading throws where it breaks off
 */
export async function answerBytes(
  response: { readonly body: AsyncIterable<Uint8Array> | null },
  most: number,
): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > most) return undefined;
    pieces.push(piece);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

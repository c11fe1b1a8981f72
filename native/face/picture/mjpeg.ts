/** The pictures of an MJPEG file: each begins with a JPEG's start marker. */
export function picturesIn(bytes: Buffer): readonly Buffer[] {
  const starts: number[] = [];
  for (let at = bytes.indexOf('ffd8ff', 0, 'hex'); at >= 0; at = bytes.indexOf('ffd8ff', at + 3, 'hex'))
    starts.push(at);
  return starts.map((start, n) => bytes.subarray(start, starts[n + 1]));
}

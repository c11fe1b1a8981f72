/**
 * JSON as `JSON.stringify` writes it, and no other text of the same value: with a member named twice, a blank, an escape
 * or a number that can be written shorter, two programs could read two things out of one signature.
 * @returns `undefined` where it is any other text
 */
export function parseWritten(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    // No JSON, or nested so deeply that nobody wrote it.
    return undefined;
  }
}

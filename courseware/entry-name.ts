/** Set where a name is said to be UTF-8. */
const UTF8_FLAG = 0x800;
/** What no name has: control characters, and what Windows takes for a drive or a stream. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const STRANGE = /[\u0000-\u001f\u007f:]/;

/**
 * What an entry is called. Programs that are not asked for UTF-8 write names in the letters of their machine: here in Chinese
 * ones (GBK).
 */
export function decodeEntryName(raw: Uint8Array, flags: number): string {
  if (flags & UTF8_FLAG) return new TextDecoder('utf-8').decode(raw);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder('gb18030').decode(raw);
  }
}

/** A path inside of the package, its parts divided by `/`; nothing where it leads out of it or is no path. */
export function pathInPackage(name: string): string | undefined {
  const parts = name.replaceAll('\\', '/').split('/');
  const first = parts.findIndex((part) => part !== '.');
  const path = parts.slice(Math.max(0, first));
  const plain = path.every((part) => part !== '' && part !== '.' && part !== '..');
  return plain && path.length > 0 && !STRANGE.test(name) ? path.join('/') : undefined;
}

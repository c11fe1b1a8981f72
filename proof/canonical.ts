import canonicalize from 'canonicalize';

/** Canonical JSON, RFC 8785: one text for one value, so that a hash or a signature over it means something. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('this value has no JSON form');
  return text;
}

import { posix } from 'node:path';
import type { Package } from './package.ts';
import { allNamed, parseXml, type XmlNode } from './xml.ts';

/** What a part of an office package calls another. */
export type Relation = {
  readonly id: string;
  /** The last word of its type, which transitional and strict files share: `worksheet`, `image`. */
  readonly kind: string;
  /** The name of what it leads to; nothing where that is outside of the package, or not in it. */
  readonly part: string | undefined;
};

/** The parts of an office package. Source: ECMA-376 part 2. */
export type Parts = {
  find(path: string): string | undefined;
  /** Nothing where there is no such part, or it is spoilt: who needs it is told of that. @throws Error where it is too much */
  xml(name: string | undefined): XmlNode | undefined;
  /** @throws Error as {@link Parts.xml} */
  bytes(name: string | undefined): Uint8Array | undefined;
  /** Those of a part; of '' those of the package. @throws Error as {@link Parts.xml} */
  relations(part: string): readonly Relation[];
};

/** Bytes of all XML that is asked for, and of all else: XML shrinks a thousandfold, and pictures hardly. */
export type PartLimits = { readonly xml: number; readonly bytes: number };

/** The parts of a package, each unpacked once, and no more than there may be of them. */
export function openParts(pack: Package, most: PartLimits): Parts {
  const spent = { xml: 0, bytes: 0 };
  const spend = (name: string, of: keyof PartLimits): void => {
    spent[of] += pack.sizeOf(name);
    if (spent[of] > most[of]) throw new Error(`${JSON.stringify(name)} unpacks to too much`);
  };
  const bytes = once((name) => {
    spend(name, 'bytes');
    return pack.read(name);
  });
  const xml = once((name) => {
    spend(name, 'xml');
    const text = pack.read(name);
    try {
      return parseXml(text);
    } catch {
      return undefined;
    }
  });
  const relations = once((part) => {
    const { dir, base } = posix.parse(part);
    const found = pack.find(posix.join(dir, '_rels', `${base}.rels`));
    return allNamed((found && xml(found)) || NOTHING, 'Relationship').map(({ attributes }) => relationOf(attributes));
    function relationOf({ Id = '', Type = '', Target = '', TargetMode = '' }: XmlNode['attributes']): Relation {
      const part = TargetMode.toLowerCase() === 'external' ? undefined : pack.find(targetOf(dir, Target));
      return { id: Id, kind: Type.slice(Type.lastIndexOf('/') + 1), part };
    }
  });
  return {
    find: pack.find,
    xml: (name) => (name === undefined ? undefined : xml(name)),
    bytes: (name) => (name === undefined ? undefined : bytes(name)),
    relations,
  };
}

const NOTHING: XmlNode = { name: '', text: '', attributes: {}, children: [] };

/** Where a relation of a part in a folder leads: from the root, or from there; some programs write it as Windows does. */
function targetOf(folder: string, target: string): string {
  const path = target.replaceAll('\\', '/');
  return path.startsWith('/') ? path.slice(1) : posix.join(folder, path);
}

function once<T>(make: (name: string) => T): (name: string) => T {
  const made = new Map<string, T>();
  return (name) => {
    if (!made.has(name)) made.set(name, make(name));
    return made.get(name) as T;
  };
}

/** The part that the first relation of that kind leads to; where none does, what stands at the usual path. */
export const partOf = (parts: Parts, part: string, kind: string, usual: string): string | undefined =>
  parts.relations(part).find((relation) => relation.kind === kind)?.part ?? parts.find(usual);

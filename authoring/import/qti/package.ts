import { Refusal } from '../../../contract/words/reasons.ts';
import { openPackage as openFiles } from '../package.ts';
import { pictureInAddress } from '../passage.ts';
import type { UnreadFile } from '../source.ts';
import { parseXml } from '../xml.ts';
import { type Find, folderOf } from './addresses.ts';
import type { Documents } from './shown.ts';
import { allIn, type QtiNode, qtiTree } from './tree.ts';

/** The files that questions come in, and their pictures. */
export type Package = {
  /** Names of what may be a document, in their order. */
  readonly names: readonly string[];
  readonly find: Find;
  /** A document; nothing where there is none, or it is no XML, which is told among `unreadFiles`. */
  readonly open: (name: string) => QtiNode | undefined;
  /** The same for what other documents refer to: each time anew, until all of it together is too much. */
  readonly documents: Documents;
  /** Whether a document says something, without reading all of it. */
  readonly says: (name: string, what: RegExp) => boolean;
  /** Whole only after everything has been read. */
  readonly unreadFiles: UnreadFile[];
};

/** What an honest package stays under: a zip can pretend to be a thousand times as much. */
const [MAX_FILES, MAX_FILE_BYTES, MAX_BYTES] = [50_000, 4_000_000, 400_000_000];

/** Blackboard calls its documents .dat, Canvas some of its own .xml.qti. */
const DOCUMENT = /\.(xml|qti|dat)$/i;
const PICTURE = /\.(png|jpe?g|gif|webp)$/i;
const PACKAGE = /\.(zip|imscc)$/i;

/** @throws Refusal `not-a-workbook` where it is no zip, or one that is too large */
export function openPackage(bytes: Uint8Array): Package {
  const unreadFiles: UnreadFile[] = [];
  const files = unpack(bytes, unreadFiles);
  const find: Find = (address) => pictureInAddress(address) ?? files.at(address);
  const open = (name: string): QtiNode | undefined => {
    const file = find(name);
    try {
      return file && qtiTree(parseXml(file), folderOf(name));
    } catch (error) {
      // Blackboard's .dat may be anything.
      if (!/\.dat$/i.test(name) && !unreadFiles.some((unread) => unread.file === name))
        unreadFiles.push(noXml(name, (error as Refusal).detail ?? (error as Error).message));
      return undefined;
    }
  };
  let referred = 0;
  const opened = new Map<string, QtiNode | undefined>();
  const documents: Documents = (name) => {
    referred += find(name)?.length ?? 0;
    if (!opened.has(name)) opened.set(name, open(name));
    // A short document may have a long one in it a thousand times.
    return referred > MAX_BYTES ? undefined : opened.get(name);
  };
  const names = files.names.filter((name) => DOCUMENT.test(name));
  unreadFiles.push(...missing(open, find));
  const says = (name: string, what: RegExp): boolean => what.test(Buffer.from(find(name) ?? []).toString('latin1'));
  return { names, find, open, documents, says, unreadFiles };
}

type Files = { readonly names: readonly string[]; readonly at: Find };

/** One that is too large is told of; all of them together are refused before anything is unpacked. */
function unpack(bytes: Uint8Array, unreadFiles: UnreadFile[]): Files {
  try {
    const pack = openFiles(bytes, MAX_FILES);
    for (const file of pack.names.filter((name) => PACKAGE.test(name)))
      unreadFiles.push({ file, reason: 'nested', why: 'a package inside of a package' });
    const wanted = pack.names.filter((name) => DOCUMENT.test(name) || PICTURE.test(name));
    const small = wanted.filter((name) => pack.sizeOf(name) <= MAX_FILE_BYTES);
    for (const file of wanted.filter((name) => !small.includes(name)))
      unreadFiles.push({ file, reason: 'too-large', why: `unpacks to more than ${MAX_FILE_BYTES} bytes` });
    if (small.reduce((sum, name) => sum + pack.sizeOf(name), 0) > MAX_BYTES) throw new Error('unpacks to too much');
    const files = new Map(small.map((name) => [name, pack.read(name)]));
    return { names: [...files.keys()].toSorted(), at: (path) => files.get(pack.find(path) ?? '') };
  } catch (error) {
    throw new Refusal('not-a-workbook', (error as Error).message);
  }
}

/** Questions that the list of the package names, and that are not in it. */
function missing(open: Package['open'], find: Find): readonly UnreadFile[] {
  const manifest = open('imsmanifest.xml');
  if (!manifest) return [];
  return allIn(manifest, 'resource')
    .filter(({ attributes }) => /^imsqti_(item|test|xml)/.test(attributes.type ?? ''))
    .flatMap(({ attributes: { href } }) => href ?? [])
    .filter((href) => DOCUMENT.test(href) && !find(href))
    .map((file) => ({ file, reason: 'missing' as const, why: 'imsmanifest.xml names it, and it is not there' }));
}

const noXml = (file: string, why: string): UnreadFile => ({ file, why, reason: 'no-xml', detail: why });

/** One document that stands for itself. @throws Refusal `not-a-workbook` where it is no XML */
export function packageOfOne(bytes: Uint8Array): Package {
  const tree = qtiTree(parseXml(bytes), '');
  const open = (name: string): QtiNode | undefined => (name === '' ? tree : undefined);
  return { names: [''], find: pictureInAddress, open, documents: open, says: () => false, unreadFiles: [] };
}

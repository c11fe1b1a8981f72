import { Refusal } from '../../contract/words/reasons.ts';
import { fileOfAddress, isInside, type ScormUnit, type ScormVersion } from '../../contract/words/scorm.ts';
import { allNamed, childNamed, parseXml, textOf, type XmlNode } from '../import/index.ts';
import { type Found, found, trouble } from './problems.ts';

/** Where a package says what is in it. */
export const MANIFEST_FILE = 'imsmanifest.xml';
export const MANIFEST_MAX_BYTES = 2_000_000;

/** One thing in a package that can be launched. */
export type Sco = { readonly id: string; readonly title: string; readonly unit: ScormUnit };
export type Manifest = { readonly version: ScormVersion; readonly scos: readonly [Sco, ...Sco[]] };

/**
 * What an imsmanifest.xml says can be launched, in the order of its organization. How 2004 sequences them is not read.
 * @param has whether the package has a file
 */
export function readManifest(bytes: Uint8Array, has: (file: string) => boolean): Found<Manifest> {
  try {
    return readRoot(childNamed(parseXml(bytes), 'manifest'), has);
  } catch (error) {
    if (error instanceof Refusal) return trouble('manifest-unreadable', error.detail ?? '');
    throw error;
  }
}

function readRoot(root: XmlNode | undefined, has: (file: string) => boolean): Found<Manifest> {
  if (!root) return trouble('manifest-unreadable', 'it begins with no manifest');
  const version = versionOf(root);
  if (!version.ok) return version;
  const scos: Sco[] = [];
  for (const { item, resource } of launchable(root)) {
    const unit = readUnit(root, item, resource, has);
    if (!unit.ok) return unit;
    const id = item.attributes.identifier ?? '';
    scos.push({ id, title: wordsOf(childNamed(item, 'title')), unit: unit.value });
  }
  const [first, ...others] = scos;
  return first
    ? found({ version: version.value, scos: [first, ...others] })
    : trouble('sco-missing', 'no item of it is a SCO');
}

/** What it says; where it says nothing, by the words it uses. */
function versionOf(root: XmlNode): Found<ScormVersion> {
  const said = wordsOf(childNamed(childNamed(root, 'metadata'), 'schemaversion'));
  const spaces = Object.values(root.attributes).join(' ');
  if (/^1\.2$/.test(said) || (said === '' && /adlcp_rootv1p2/.test(spaces))) return found('1.2');
  if (/2004|^CAM 1\.3$/.test(said) || (said === '' && /adlcp_v1p3/.test(spaces))) return found('2004');
  return trouble('package-version-unknown', said || 'it says no version');
}

type Launchable = { readonly item: XmlNode; readonly resource: XmlNode };

/** Items of its organization with what they launch; an asset speaks to nobody, so nobody would hear that it is done. */
function launchable(root: XmlNode): readonly Launchable[] {
  const organizations = childNamed(root, 'organizations');
  const all = organizations?.children.filter(({ name }) => name === 'organization') ?? [];
  const organization = all.find(({ attributes }) => attributes.identifier === organizations?.attributes.default);
  const resources = new Map(
    (childNamed(root, 'resources')?.children ?? []).map((one) => [one.attributes.identifier, one]),
  );
  return allNamed(organization ?? all[0] ?? root, 'item').flatMap((item) => {
    const resource = resources.get(item.attributes.identifierref ?? '');
    const kind = resource?.attributes.scormtype ?? resource?.attributes.scormType;
    return resource && kind !== 'asset' ? [{ item, resource }] : [];
  });
}

function readUnit(root: XmlNode, item: XmlNode, resource: XmlNode, has: (file: string) => boolean): Found<ScormUnit> {
  const launch = launchOf(root, item, resource);
  const file = isInside(launch) ? fileOfAddress(launch) : undefined;
  if (launch.length > 2_000 || file === undefined) return trouble('launch-outside', launch.slice(0, 200));
  if (!has(file)) return trouble('launch-missing', file);
  const launchData = wordsOf(childNamed(item, 'datafromlms') ?? childNamed(item, 'dataFromLMS'));
  return found({ launch, ...masteryOf(item), ...(launchData ? { launchData: launchData.slice(0, 4_000) } : {}) });
}

/** What a resource launches, from the root of the package on, and what its item asks it. */
function launchOf(root: XmlNode, item: XmlNode, resource: XmlNode): string {
  const href = resource.attributes.href?.trim() ?? '';
  const bases = [root, childNamed(root, 'resources'), resource].map((node) => node?.attributes.base ?? '');
  const address = [...bases, href].join('').replaceAll('\\', '/');
  const asked = item.attributes.parameters?.trim().replace(/^[?&]+/, '') ?? '';
  if (!asked || asked.startsWith('#')) return address + asked;
  return `${address}${address.includes('?') ? '&' : '?'}${asked}`;
}

/** The score from which on it is passed: of 100 in 1.2, of 1 in 2004. */
function masteryOf(item: XmlNode): Pick<ScormUnit, 'masteryScore'> {
  const objective = allNamed(item, 'primaryObjective').find(
    ({ attributes }) => attributes.satisfiedByMeasure === 'true',
  );
  const said = wordsOf(childNamed(item, 'masteryscore') ?? childNamed(objective, 'minNormalizedMeasure'));
  const score = said === '' ? Number.NaN : Number(said);
  return score >= -1 && score <= 100 ? { masteryScore: score } : {};
}

const wordsOf = (node: XmlNode | undefined): string => (node ? textOf(node).replace(/\s+/g, ' ').trim() : '');

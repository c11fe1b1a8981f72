import { Sha256 } from '../words/ids.ts';

/** The kiosk's scheme for packages. The browser host has names below `localhost` instead. */
export const PACKAGE_SCHEME = 'package';
const NAME = /^p-[0-9a-f]{32}$/;

/** Where a page of the station comes from, as its `location` says. */
type PagePlace = { readonly protocol: string; readonly port: string };

/**
 * An origin that nobody has had before: each opening of a package is given one, so that nothing it leaves in the browser is
 * there for the next person, and so that it shares neither process nor storage with the station's page.
 * @param random 32 hexadecimal digits
 */
export function packageOrigin({ protocol, port }: PagePlace, random: string): string {
  return protocol === 'http:' ? `http://p-${random}.localhost:${port}` : `${PACKAGE_SCHEME}://p-${random}`;
}

/** Whether a `Host` is one of those origins of a server on this port. */
export function isPackageHost(host: string | undefined, port: number): boolean {
  const [, name = ''] = /^([^.]*)\.localhost:(\d+)$/.exec(host ?? '') ?? [];
  return NAME.test(name) && host === `${name}.localhost:${port}`;
}

/** Whether an address of the kiosk is of such an origin. */
export function isPackageUrl(text: string): boolean {
  const url = URL.parse(text);
  return url?.protocol === `${PACKAGE_SCHEME}:` && NAME.test(url.host) && url.username === '' && url.password === '';
}

/** The page around a package, which has what the package speaks to. */
export const PLAYER_PATH = '/player.html';

/** Where a file of a package is found on its origin. @param launch a relative address, with whatever it is asked */
export const launchPath = (hash: Sha256, launch: string): string => `/${hash}/${launch}`;

/** What a path of such an origin stands for. */
export type PackagePath =
  | { readonly kind: 'player'; readonly file: string }
  | { readonly kind: 'content'; readonly hash: Sha256; readonly file: string };

/** @param path without a query, as it was sent. Nothing where nobody answers to it, however it is spelt */
export function packagePath(path: string): PackagePath | undefined {
  if (path === PLAYER_PATH) return { kind: 'player', file: 'player.html' };
  const [, asset] = /^\/assets\/([A-Za-z0-9_-][A-Za-z0-9._-]*)$/.exec(path) ?? [];
  if (asset) return { kind: 'player', file: `assets/${asset}` };
  const [, name, rest = ''] = /^\/([0-9a-f]{64})\/(.+)$/s.exec(path) ?? [];
  const [hash, file] = [Sha256.safeParse(name).data, decoded(rest)];
  return hash && file ? { kind: 'content', hash, file } : undefined;
}

/** Once: what is still written in percents afterwards is called so. */
function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

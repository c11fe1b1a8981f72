import { isPackageUrl } from '../../contract/page/package-address.ts';

/** The page's own address. Whatever the shell grants, it grants to this origin and to no other. */
export const SCHEME = 'app';
const HOST = 'station';
export const ORIGIN = `${SCHEME}://${HOST}`;
export const PAGE_URL = `${ORIGIN}/index.html`;

/**
 * Whether an address is ours. Node gives addresses of custom schemes the origin `null`, so scheme and host are compared
 * one by one; anything with a port or a user name is somebody else's.
 */
export function isOwnUrl(text: string | undefined): boolean {
  const url = text ? URL.parse(text) : null;
  return url?.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === '';
}

/** The window may load its one page, and load it again. Frames in it are for packages of courses, and for nothing else. */
export function mayNavigate(target: { readonly url: string; readonly isMainFrame: boolean }): boolean {
  const url = URL.parse(target.url);
  if (!target.isMainFrame) return isPackageUrl(target.url) || target.url === 'about:blank';
  return isOwnUrl(target.url) && (url?.pathname === '/index.html' || url?.pathname === '/');
}

/** Only the page itself may talk to the shell: not a frame in it, not one that has gone since it spoke. */
export function isTrustedSender(frame: { readonly url: string; readonly isMainFrame: boolean } | undefined): boolean {
  return frame?.isMainFrame === true && isOwnUrl(frame.url);
}

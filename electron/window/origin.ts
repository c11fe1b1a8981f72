/** The page's own address. Whatever the shell grants, it grants to this origin and to no other. */
export const SCHEME = 'app';
const HOST = 'station';
const ORIGIN = `${SCHEME}://${HOST}`;
export const PAGE_URL = `${ORIGIN}/index.html`;

/**
 * Whether an address is ours. Node gives addresses of custom schemes the origin `null`, so scheme and host are compared
 * one by one; anything with a port or a user name is somebody else's.
 */
export function isOwnUrl(text: string | undefined): boolean {
  const url = text ? URL.parse(text) : null;
  return url?.protocol === `${SCHEME}:` && url.host === HOST && url.username === '' && url.password === '';
}

/** The window may load its one page, and load it again. Sub-frames may load nothing: the page has none. */
export function mayNavigate(target: { readonly url: string; readonly isMainFrame: boolean }): boolean {
  const url = URL.parse(target.url);
  return target.isMainFrame && isOwnUrl(target.url) && (url?.pathname === '/index.html' || url?.pathname === '/');
}

/** Only the page itself may talk to the shell: not a frame in it, not one that has gone since it spoke. */
export function isTrustedSender(frame: { readonly url: string; readonly isMainFrame: boolean } | undefined): boolean {
  return frame?.isMainFrame === true && isOwnUrl(frame.url);
}

import { PACKAGE_SCHEME } from '../../contract/page/package-address.ts';
import { pageHeaders } from '../../contract/page/page-headers.ts';

export const PAGE_HEADERS = pageHeaders(`${PACKAGE_SCHEME}:`);

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
};

/** The headers of one file of the page. A kind of file nobody thought of is bytes, and `nosniff` keeps it bytes. */
export function headersFor(path: string): Readonly<Record<string, string>> {
  const extension = /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return { ...PAGE_HEADERS, 'content-type': TYPES[extension] ?? 'application/octet-stream' };
}

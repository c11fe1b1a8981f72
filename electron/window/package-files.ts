import { Readable } from 'node:stream';
import { isPackageUrl } from '../../contract/page/package-address.ts';
import { openPackageHost } from '../../courseware/index.ts';
import { ORIGIN } from './origin.ts';

/**
 * Answers `package://` with the files of a course's package and with the player around it, and with nothing of the page's.
 * @param onTrouble is told what cannot be read
 */
export function openPackageFiles(
  { page, media }: { readonly page: string; readonly media: string },
  onTrouble: (what: { readonly hash: string; readonly error: string }) => void,
): (request: Request) => Promise<Response> {
  const packages = openPackageHost({ page, media, station: [ORIGIN], onTrouble });
  return async ({ method, url, headers }) => {
    const path = method === 'GET' && isPackageUrl(url) ? URL.parse(url)?.pathname : undefined;
    const answer = await packages.answer(path ?? '', headers.get('range'));
    return new Response(answer.body ? (Readable.toWeb(answer.body) as ReadableStream) : null, {
      status: answer.status,
      headers: answer.headers,
    });
  };
}

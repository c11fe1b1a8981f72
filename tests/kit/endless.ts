import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/**
 * Whoever is on the line, and answers without an end.
 * @param honest what is answered as it should be; nothing for what is not
 * @returns its address, and how many bytes it got rid of
 */
export async function answeringWithoutEnd(
  honest: (path: string) => Promise<string | undefined> = async () => undefined,
) {
  const piece = Buffer.alloc(65_536, '[');
  let sent = 0;
  const server = createServer(async (request, response) => {
    const answer = await honest(request.url ?? '');
    if (answer !== undefined) return response.end(answer);
    const more = (): void => {
      while (!response.destroyed && response.write(piece)) sent += piece.length;
    };
    response.on('drain', more);
    return more();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sent: () => sent };
}

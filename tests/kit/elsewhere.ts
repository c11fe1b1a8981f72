import { createSocket } from 'node:dgram';
import { type AddressInfo, createServer } from 'node:net';

/** A place on this machine that stands for the rest of the network: who comes by, by TCP or by UDP, is written down. */
export type Elsewhere = {
  /** `127.0.0.2:PORT`: none of the addresses that the station has. */
  readonly host: string;
  readonly reached: readonly string[];
  close(): void;
};

const ADDRESS = '127.0.0.2';

export async function openElsewhere(): Promise<Elsewhere> {
  const reached: string[] = [];
  const server = createServer((socket) => {
    reached.push('tcp');
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, ADDRESS, resolve));
  const { port } = server.address() as AddressInfo;
  const udp = createSocket('udp4', () => void reached.push('udp'));
  await new Promise<void>((resolve) => udp.bind(port, ADDRESS, resolve));
  return {
    host: `${ADDRESS}:${port}`,
    reached,
    close() {
      server.close();
      udp.close();
    },
  };
}

import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { eventually } from '../../tests/kit/eventually.ts';
import { CardText } from './card-text.ts';
import { type EmulatedCard, inventedNumber, residentCard } from './emulator/card.ts';
import { createDevice } from './emulator/device.ts';
import type { Line } from './exchange.ts';
import { type Reader, runReader } from './reader-loop.ts';

/** A socket with at most one reader in it: the emulated device without a process or a terminal. */
function createSocket() {
  let device: ReturnType<typeof createDevice> | undefined;
  let lose = (): void => {};
  let deaf = false;
  /** Replies longer than this end there, and the cable with them. */
  let tearAt = Number.POSITIVE_INFINITY;
  const open = { now: 0, ever: 0 };
  const unplug = (): void => {
    device = undefined;
    lose();
  };

  const connect = async (): Promise<Line> => {
    open.ever++;
    if (!device) throw new Error('ENOENT');
    open.now++;
    const plugged = device;
    let onData = (_bytes: Uint8Array): void => {};
    return {
      write: (bytes) => {
        for (const frame of plugged.receive(bytes)) {
          if (!deaf) queueMicrotask(() => onData(frame.length > tearAt ? frame.subarray(0, tearAt) : frame));
          if (frame.length > tearAt) queueMicrotask(unplug);
        }
      },
      onData: (listener) => {
        onData = listener;
      },
      onLost: (listener) => {
        lose = listener;
      },
      close: async () => {
        open.now--;
      },
    };
  };
  return {
    connect,
    open,
    plug: () => {
      device = createDevice();
      return device;
    },
    unplug,
    tear: (at: number) => {
      tearAt = at;
    },
    silence: () => {
      deaf = true;
    },
  };
}

const lay = (device: ReturnType<typeof createDevice>, card: EmulatedCard): void =>
  device.lay('kind' in card ? CardText.parse(card) : card);
const zhang = residentCard({ name: '张三', number: inventedNumber('19900101', 1) });

let reader: Reader | undefined;
afterEach(async () => {
  await reader?.close();
  reader = undefined;
});

function watch(connect: () => Promise<Line>) {
  const seen: string[] = [];
  reader = runReader(
    connect,
    { pollMs: 2, retryMs: 5 },
    {
      onCard: ({ name, samId, photo }) => seen.push(`${name} ${samId} ${photo.length}`),
      onUnreadable: ({ reason, detail }) => seen.push(`${reason}: ${detail}`),
      onState: ({ state, reason }) => seen.push(reason ? `${state}: ${reason}` : state),
    },
  );
  return seen;
}
const until = (seen: readonly string[], ...expected: string[]) => eventually(() => expect(seen).toEqual(expected));
/** Until the reader was asked once more, with nothing on it: the same card again at once would be the same card still. */
const emptyForAWhile = (): Promise<void> => pause(150);
const READ = '张三 05.01-20070129-0000000123-0123456789 1024';

it('reports a card that is laid down, and again when it is laid down again', async () => {
  const socket = createSocket();
  const device = socket.plug();
  const seen = watch(socket.connect);
  await until(seen, 'ready');
  lay(device, zhang);
  await until(seen, 'ready', READ);
  device.remove();
  await emptyForAWhile();
  lay(device, zhang);
  await until(seen, 'ready', READ, READ);
});

it('reports a card that spoils once, and reads the next', async () => {
  const socket = createSocket();
  const device = socket.plug();
  const seen = watch(socket.connect);
  lay(device, { unreadable: 'select' });
  await until(seen, 'ready', 'card-unreadable: select: card not selected');
  lay(device, zhang);
  await until(seen, 'ready', 'card-unreadable: select: card not selected', READ);
});

it('is missing until plugged in, lost when pulled out, and ready again', async () => {
  const socket = createSocket();
  const seen = watch(socket.connect);
  await until(seen, 'missing: reader-missing');
  await eventually(() => expect(socket.open.ever).toBeGreaterThan(3));
  socket.plug();
  await until(seen, 'missing: reader-missing', 'ready');
  socket.unplug();
  await until(seen, 'missing: reader-missing', 'ready', 'lost: reader-lost');
  lay(socket.plug(), zhang);
  await until(seen, 'missing: reader-missing', 'ready', 'lost: reader-lost', 'ready', READ);
  expect(socket.open.now).toBe(1);
});

it('is lost when the cable is torn out in the middle of a card, and tells nothing of that card', async () => {
  const socket = createSocket();
  const device = socket.plug();
  const seen = watch(socket.connect);
  socket.tear(600);
  lay(device, zhang);
  await until(seen, 'ready', 'lost: reader-lost');
  socket.tear(Number.POSITIVE_INFINITY);
  lay(socket.plug(), zhang);
  await until(seen, 'ready', 'lost: reader-lost', 'ready', READ);
});

it('is missing where something else answers', async () => {
  const seen = watch(async () => {
    let onData = (_bytes: Uint8Array): void => {};
    return {
      write: () => queueMicrotask(() => onData(Buffer.from('aaaaaa9669000400002125', 'hex'))),
      onData: (listener) => {
        onData = listener;
      },
      onLost: () => {},
      close: async () => {},
    };
  });
  await until(seen, 'missing: reader-missing');
});

it('lives on when a listener throws; the exception is the program’s', async () => {
  const socket = createSocket();
  const device = socket.plug();
  const cards: string[] = [];
  const raised: unknown[] = [];
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException').once('uncaughtException', (error) => raised.push(error));
  try {
    const onCard = ({ name }: { name: string }): void => {
      cards.push(name);
      if (cards.length === 1) throw new Error('of the program');
    };
    reader = runReader(socket.connect, { pollMs: 2, retryMs: 5 }, { onCard, onState: () => {} });
    lay(device, zhang);
    await eventually(() => expect(raised).toHaveLength(1));
    device.remove();
    await emptyForAWhile();
    lay(device, zhang);
    await eventually(() => expect(cards).toHaveLength(2));
  } finally {
    for (const listener of before) process.on('uncaughtException', listener);
  }
});

it('close ends a wait for a reader that says nothing, closes the line, and no event follows', async () => {
  const socket = createSocket();
  socket.plug();
  const seen = watch(socket.connect);
  await until(seen, 'ready');
  socket.silence();
  await new Promise((resolve) => setTimeout(resolve, 20));
  const before = performance.now();
  await reader?.close();
  expect(performance.now() - before).toBeLessThan(100);
  expect(socket.open.now).toBe(0);
  expect(seen).toEqual(['ready']);
});

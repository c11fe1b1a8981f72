/**
 * An emulated SAM-V reader: `node native/card/emulator/main.ts [--noise] [--split] [--slow MS] [--seed N] [--reads-once]`.
 * Prints `{"ready":true,"path":"/dev/pts/N"}`, then takes requests (`protocol.ts`) on standard input, a line of JSON each:
 * `{"present":{..card..}}`, `{"remove":true}`, `{"unplug":true}`, `{"noise":true}`, `{"damage":"bytes-put-in"}`. Ends when
 * standard input ends.
 */
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createRandom, type LineHabits, spoil } from './bad-line.ts';
import { createDevice } from './device.ts';
import { Request, type Response, whyRefused } from './protocol.ts';
import { openPty } from './pty.ts';

const { values } = parseArgs({
  options: {
    noise: { type: 'boolean', default: false },
    split: { type: 'boolean', default: false },
    slow: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    'reads-once': { type: 'boolean', default: false },
  },
});
const habits: LineHabits = { noise: values.noise, split: values.split, slowMs: Number(values.slow) };
const random = createRandom(Number(values.seed));
const PIECE_MS = 1;

const pty = await openPty();
const device = createDevice({ readsOnce: values['reads-once'] });

// One after the other: a reader never mixes two replies, however slowly the first goes out.
let sent = Promise.resolve();
const send = async (reply: Uint8Array): Promise<void> => {
  if (habits.slowMs > 0) await sleep(habits.slowMs);
  for (const piece of spoil(reply, habits, random)) {
    pty.write(piece);
    if (habits.split) await sleep(PIECE_MS);
  }
};
pty.onData((bytes) => {
  for (const reply of device.receive(bytes)) sent = sent.then(() => send(reply));
});

const print = (response: Response): void => void process.stdout.write(`${JSON.stringify(response)}\n`);

async function handle(line: string): Promise<Response> {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { ok: false, error: 'no JSON' };
  }
  const request = Request.safeParse(json);
  if (!request.success) return { ok: false, error: whyRefused(json) };
  if ('present' in request.data) device.lay(request.data.present);
  else if ('remove' in request.data) device.remove();
  else if ('unplug' in request.data) await pty.hangUp();
  else if ('noise' in request.data) habits.noise = request.data.noise;
  else habits.damage = request.data.damage;
  return { ok: true };
}

print({ ready: true, path: pty.path });
for await (const line of createInterface({ input: process.stdin })) print(await handle(line));
await pty.hangUp();
process.exit(0);

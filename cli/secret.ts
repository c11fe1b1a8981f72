import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { Refusal } from '../contract/words/reasons.ts';

/**
 * PINs that were not given on the command line, where other programs and the shell's history see them: typed unseen, or line
 * by line of what is piped in.
 * @param asked what to ask for, one line each
 * @throws Refusal `pin-wrong` where there are fewer
 */
export async function readPins(asked: readonly string[]): Promise<readonly string[]> {
  if (asked.length === 0) return [];
  const terminal = process.stdin.isTTY;
  const say = (text: string): boolean => terminal && process.stderr.write(text);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: unseen, terminal });
  const typed = lines[Symbol.asyncIterator]();
  try {
    const pins: string[] = [];
    for (const what of asked) {
      say(`${what}: `);
      const { value, done } = await typed.next();
      say('\n');
      if (done) throw new Refusal('pin-wrong', 'none was given');
      pins.push(value.trim());
    }
    return pins;
  } finally {
    lines.close();
    process.stdin.unref?.();
  }
}

import { describe, expect, it } from 'vitest';
import { openSignal } from './index.ts';

const later = (): Promise<void> => new Promise(setImmediate);

function openTold() {
  const faults: string[] = [];
  const heard: string[] = [];
  const signal = openSignal((error) => faults.push(String(error)));
  return { signal, faults, heard };
}

describe('a signal', () => {
  it('is heard after whoever tells has gone on, once for several changes, in order', async () => {
    const { signal, heard } = openTold();
    signal.on(() => heard.push('first'));
    signal.on(() => heard.push('second'));
    signal.tell();
    signal.tell();
    expect(heard).toEqual([]);
    await later();
    expect(heard).toEqual(['first', 'second']);
    await later();
    expect(heard).toHaveLength(2);
  });

  it('lets no listener keep another from hearing, and tells of what it threw', async () => {
    const { signal, faults, heard } = openTold();
    signal.on(() => {
      throw new Error('a full disk');
    });
    signal.on(() => heard.push('second'));
    signal.tell();
    await later();
    expect({ heard, faults }).toEqual({ heard: ['second'], faults: ['Error: a full disk'] });
  });

  it('tells what a listener changes to all of them, after the round it was changed in', async () => {
    const { signal, heard } = openTold();
    let steps = 2;
    signal.on(() => {
      heard.push(`first ${steps}`);
      if (steps-- > 0) signal.tell();
    });
    signal.on(() => heard.push('second'));
    signal.tell();
    await later();
    expect(heard).toEqual(['first 2', 'second', 'first 1', 'second', 'first 0', 'second']);
  });

  it('ends where a listener never does', async () => {
    const { signal, faults } = openTold();
    signal.on(signal.tell);
    signal.tell();
    await later();
    expect(faults).toHaveLength(1);
  });

  it('can be told at once, and is not told again then', async () => {
    const { signal, heard } = openTold();
    signal.on(() => heard.push('heard'));
    signal.tell();
    signal.settle();
    expect(heard).toEqual(['heard']);
    await later();
    expect(heard).toHaveLength(1);
  });
});

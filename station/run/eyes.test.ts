import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { modelStatus } from '../../native/face/index.ts';
import { MODELS } from '../../tests/kit/face-models.ts';
import { temporaryFolder } from '../../tests/kit/folders.ts';
import { openDevices } from '../watch/index.ts';
import { openEyes } from './eyes.ts';

const log = pino({ level: 'silent' });
const devices = () => openDevices(() => undefined);
const there = modelStatus(MODELS).filter(({ state }) => state === 'ok');
const complete = there.length === modelStatus(MODELS).length;

describe.skipIf(!complete)('the eyes of a station (skipped: where weights are missing, there are none)', () => {
  it('are there at once, and whoever asks waits for the networks', async () => {
    const own = devices();
    const changed = vi.fn();
    own.onChange(changed);
    const { engine, loaded } = openEyes(MODELS, own, log);
    expect(own.faces).toEqual({ state: 'starting' });
    const costs = engine?.rehearse();
    expect(await loaded).toBeDefined();
    expect(own.faces).toEqual({ state: 'ready' });
    await new Promise(setImmediate);
    expect(changed).toHaveBeenCalledTimes(1);
    const spent = Object.values((await costs) ?? {});
    expect(spent.length).toBeGreaterThan(0);
    expect(spent.filter((ms) => !(ms > 0))).toEqual([]);
    await engine?.close();
  });

  it('that are closed before they are open leave nothing running', async () => {
    const { engine, loaded } = openEyes(MODELS, devices(), log);
    await engine?.close();
    await loaded;
    await expect(engine?.rehearse()).rejects.toMatchObject({ reason: 'models-failed' });
  });

  it('whose weights were altered are none, and say so before the station is ready', async () => {
    const folder = temporaryFolder();
    for (const { path, file } of there) if (path) cpSync(path, join(folder, file));
    const [first = ''] = readdirSync(folder);
    writeFileSync(join(folder, first), 'something else');
    expect(existsSync(join(folder, first))).toBe(true);
    const own = devices();
    const { engine, loaded } = openEyes({ ...MODELS, folders: [folder] }, own, log);
    expect(own.faces).toEqual({ state: 'failed', reason: 'models-altered' });
    expect([engine, await loaded]).toEqual([undefined, undefined]);
  });
});

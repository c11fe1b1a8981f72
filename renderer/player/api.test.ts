import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Sha256 } from '../../contract/words/ids.ts';
import { type PackageSaid, SUSPEND_MAX, saidInOne } from '../../contract/words/scorm.ts';
import { type Opening, percentOf } from './api.ts';

type Spoken = Readonly<Record<string, (...said: readonly string[]) => string>>;
const opening = (version: '1.2' | '2004', more: Partial<Opening> = {}): Opening => ({
  ...{
    kind: 'open',
    hash: Sha256.parse('a'.repeat(64)),
    version,
    unit: { launch: 'index.html' },
    name: '李文静',
    ...more,
  },
});

// The libraries look for a window as they are loaded.
beforeAll(() => void vi.stubGlobal('window', globalThis));

async function open12(more?: Partial<Opening>) {
  const { openScorm12 } = await import('./scorm12.ts');
  const opened = openScorm12(opening('1.2', more));
  return { ...opened, api: opened.api as Spoken };
}
async function open2004(more?: Partial<Opening>) {
  const { openScorm2004 } = await import('./scorm2004.ts');
  const opened = openScorm2004(opening('2004', more));
  return { ...opened, api: opened.api as Spoken };
}

describe('a package of 1.2', () => {
  it('begins anew, is told a name and no number, and says what it has come to', async () => {
    const { api, said, name } = await open12({ unit: { launch: 'index.html', launchData: 'a=1' } });
    expect(name).toBe('API');
    const get = (element: string) => api.LMSGetValue?.(element);
    expect(api.LMSInitialize?.('')).toBe('true');
    expect(['cmi.core.entry', 'cmi.core.student_name', 'cmi.core.student_id', 'cmi.launch_data'].map(get)).toEqual([
      'ab-initio',
      '李文静',
      'learner',
      'a=1',
    ]);
    expect(said()).toEqual({ said: { status: 'incomplete' }, state: { location: '', suspendData: '' }, over: false });
    for (const [element, value] of [
      ['cmi.core.lesson_location', 'p3'],
      ['cmi.suspend_data', 'seen=1,2'],
      ['cmi.core.score.raw', '45'],
      ['cmi.core.score.max', '50'],
      ['cmi.core.lesson_status', 'completed'],
    ] as const)
      expect([element, api.LMSSetValue?.(element, value)]).toEqual([element, 'true']);
    expect(api.LMSFinish?.('')).toBe('true');
    const state = { location: 'p3', suspendData: 'seen=1,2' };
    expect(said()).toEqual({ said: { status: 'completed', score: 90 }, state, over: true });
  });

  it('goes on where it was', async () => {
    const state = { location: 'p3', suspendData: '安全'.repeat(2_000) };
    const { api } = await open12({ state, said: { status: 'failed' } });
    api.LMSInitialize?.('');
    const elements = ['cmi.core.entry', 'cmi.core.lesson_location', 'cmi.suspend_data', 'cmi.core.lesson_status'];
    expect(elements.map((element) => api.LMSGetValue?.(element))).toEqual([
      'resume',
      'p3',
      state.suspendData,
      'failed',
    ]);
  });

  it('is passed or failed by its score where its manifest says from which on', async () => {
    for (const [raw, status] of [
      ['80', 'passed'],
      ['79', 'failed'],
    ] as const) {
      const { api, said } = await open12({ unit: { launch: 'index.html', masteryScore: 80 } });
      api.LMSInitialize?.('');
      api.LMSSetValue?.('cmi.core.score.raw', raw);
      api.LMSSetValue?.('cmi.core.lesson_status', 'completed');
      api.LMSFinish?.('');
      expect(said().said).toEqual({ status, score: Number(raw) });
    }
  });
});

describe('a package of 1.2 that says from which score on it is passed', () => {
  const mastered = () => open12({ unit: { launch: 'index.html', masteryScore: 80 } });
  const set = (api: Spoken, element: string, value: string) =>
    expect([element, api.LMSSetValue?.(`cmi.core.${element}`, value)]).toEqual([element, 'true']);

  it('is held to it before its end', async () => {
    const { api, said } = await mastered();
    api.LMSInitialize?.('');
    const status = () => said().said.status;
    set(api, 'lesson_status', 'completed');
    expect(status()).toBe('incomplete');
    for (const [raw, held] of [
      ['40', 'failed'],
      ['80', 'passed'],
    ] as const) {
      set(api, 'score.raw', raw);
      expect([raw, status()]).toEqual([raw, held]);
    }
    // What it calls itself changes nothing of that.
    set(api, 'score.raw', '40');
    set(api, 'lesson_status', 'passed');
    expect(status()).toBe('failed');
    set(api, 'lesson_status', 'incomplete');
    expect(status()).toBe('incomplete');
  });

  it('is what it said where it ends, or is left, without a score', async () => {
    const ended = await mastered();
    ended.api.LMSInitialize?.('');
    set(ended.api, 'lesson_status', 'completed');
    expect(ended.said(true)).toMatchObject({ said: { status: 'completed' }, over: false });
    ended.api.LMSFinish?.('');
    expect(ended.said()).toMatchObject({ said: { status: 'completed' }, over: true });
  });

  it('is incomplete where it ends with nothing said, and complete where no score is asked for', async () => {
    for (const [unit, status] of [
      [{ launch: 'index.html', masteryScore: 80 }, 'incomplete'],
      [{ launch: 'index.html' }, 'completed'],
    ] as const) {
      const { api, said } = await open12({ unit });
      expect(said(true).said.status).toBe('incomplete');
      api.LMSInitialize?.('');
      expect(said(true).said.status).toBe('incomplete');
      api.LMSFinish?.('');
      expect(said()).toMatchObject({ said: { status }, over: true });
    }
    const { api, said } = await open12({});
    api.LMSInitialize?.('');
    api.LMSSetValue?.('cmi.core.exit', 'suspend');
    api.LMSFinish?.('');
    expect(said()).toMatchObject({ said: { status: 'incomplete' }, over: true });
    // Said to be under way by itself, in this opening or the one before, it is not done by being left.
    for (const before of [undefined, { status: 'incomplete' }] as const) {
      const { api, said } = await open12(before ? { said: before } : {});
      api.LMSInitialize?.('');
      if (!before) api.LMSSetValue?.('cmi.core.lesson_status', 'incomplete');
      api.LMSFinish?.('');
      expect(said().said.status).toBe('incomplete');
    }
  });
});

describe('a package of 2004 that says from which score on it is passed', () => {
  const mastered = () => open2004({ unit: { launch: 'index.html', masteryScore: 0.8 } });
  const set = (api: Spoken, element: string, value: string) =>
    expect([element, api.SetValue?.(`cmi.${element}`, value)]).toEqual([element, 'true']);

  it('is held to it before its end, whatever it calls itself', async () => {
    const { api, said } = await mastered();
    api.Initialize?.('');
    const status = () => said().said.status;
    set(api, 'completion_status', 'completed');
    expect(status()).toBe('incomplete');
    set(api, 'score.scaled', '0.5');
    expect(status()).toBe('failed');
    set(api, 'success_status', 'passed');
    expect(status()).toBe('failed');
    expect(api.GetValue?.('cmi.success_status')).toBe('failed');
    api.Terminate?.('');
    expect(said()).toMatchObject({ said: { status: 'failed', score: 50 }, over: true });
  });

  it('is passed by its score alone', async () => {
    const { api, said } = await mastered();
    api.Initialize?.('');
    set(api, 'score.scaled', '0.8');
    expect(said().said.status).toBe('incomplete');
    api.Terminate?.('');
    expect(said()).toMatchObject({ said: { status: 'passed', score: 80 }, over: true });
  });

  it('is what it said where it ends without a score', async () => {
    const { api, said } = await mastered();
    api.Initialize?.('');
    set(api, 'completion_status', 'completed');
    api.Terminate?.('');
    expect(said().said.status).toBe('completed');
  });
});

it('slides and then a quiz that is failed, where nothing says from which score on, are failed in one opening', async () => {
  const { api, said } = await open2004();
  const heard: PackageSaid[] = [];
  api.Initialize?.('');
  for (const [element, value] of [
    ['completion_status', 'completed'],
    ['score.scaled', '0.3'],
    ['success_status', 'failed'],
  ] as const) {
    api.SetValue?.(`cmi.${element}`, value);
    heard.push(said().said);
  }
  expect(heard.map(({ status }) => status)).toEqual(['completed', 'completed', 'failed']);
  expect(heard.reduce<PackageSaid | undefined>(saidInOne, undefined)).toEqual({ status: 'failed', score: 30 });
});

describe('a package of 2004', () => {
  it('is one status of two, and goes on where it was', async () => {
    const state = { location: 'p2', suspendData: 'x' };
    const { api, said, name } = await open2004({ state, said: { status: 'incomplete' } });
    expect(name).toBe('API_1484_11');
    api.Initialize?.('');
    const elements = ['cmi.entry', 'cmi.location', 'cmi.suspend_data', 'cmi.completion_status', 'cmi.learner_name'];
    expect(elements.map((element) => api.GetValue?.(element))).toEqual(['resume', 'p2', 'x', 'incomplete', '李文静']);
    api.SetValue?.('cmi.completion_status', 'completed');
    api.SetValue?.('cmi.score.scaled', '0.456');
    expect(said()).toEqual({ said: { status: 'completed', score: 45.6 }, state, over: false });
    api.SetValue?.('cmi.success_status', 'failed');
    expect(said().said.status).toBe('failed');
    api.SetValue?.('cmi.success_status', 'passed');
    expect(api.Terminate?.('')).toBe('true');
    expect(said()).toMatchObject({ said: { status: 'passed' }, over: true });
  });

  it('keeps no more than may be kept', async () => {
    const { api, said } = await open2004();
    api.Initialize?.('');
    api.SetValue?.('cmi.suspend_data', '安'.repeat(64_000));
    expect(said().state.suspendData.length).toBe(64_000);
    api.SetValue?.('cmi.suspend_data', 'x'.repeat(SUSPEND_MAX + 1));
    expect(said().state.suspendData.length).toBe(64_000);
  });
});

it.each([
  [['45', '', '50'], { score: 90 }],
  [['75', '50', '100'], { score: 50 }],
  [['', '', ''], {}],
  [['x', '', ''], {}],
  [['5', '5', '5'], {}],
  [['500', '', ''], { score: 100 }],
  [['', '', '', '-0.5'], { score: 0 }],
  [['3', '', '', '0.6'], { score: 60 }],
] as const)('a score of %j is %j', (score, percent) => {
  expect(percentOf(score[0], score[1], score[2], score[3])).toEqual(percent);
});

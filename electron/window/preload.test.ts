import { expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  contextBridge: { exposeInMainWorld: vi.fn() },
  ipcRenderer: { send: vi.fn(), on: vi.fn(), invoke: vi.fn() },
}));
vi.mock('electron', () => electron);

test('the bridge offers connect, leave and a slip, and hands the port to our own origin only', async () => {
  const postMessage = vi.fn();
  vi.stubGlobal('window', { location: { origin: 'app://station' }, postMessage });
  await import('./preload.ts');

  const [name, bridge] = electron.contextBridge.exposeInMainWorld.mock.calls[0] as [
    string,
    { connect(...given: unknown[]): void; leave(...given: unknown[]): void },
  ];
  expect(name).toBe('examStation');
  expect(Object.keys(bridge)).toEqual(['connect', 'leave', 'printer', 'print']);
  bridge.leave(482915, 'dropped');
  expect(electron.ipcRenderer.invoke.mock.calls).toEqual([['exam-station-leave', '482915']]);
  bridge.connect('whatever a page passes', { is: 'dropped' });
  expect(electron.ipcRenderer.send.mock.calls).toEqual([['exam-station-connect']]);

  type Listener = (event: { ports: unknown[] }, ...said: unknown[]) => void;
  const listeners = new Map(electron.ipcRenderer.on.mock.calls as [string, Listener][]);
  expect([...listeners.keys()]).toEqual(['exam-station-port', 'exam-station-trouble', 'exam-station-alive']);
  listeners.get('exam-station-port')?.({ ports: ['port'] });
  expect(postMessage.mock.calls).toEqual([['exam-station-port', 'app://station', ['port']]]);

  const trouble = { reason: 'key-missing', detail: '' };
  listeners.get('exam-station-trouble')?.({ ports: [] }, trouble);
  expect(postMessage.mock.calls.at(-1)).toEqual([{ kind: 'exam-station-trouble', trouble }, 'app://station']);
  listeners.get('exam-station-alive')?.({ ports: [] });
  expect(electron.ipcRenderer.send.mock.calls.at(-1)).toEqual(['exam-station-alive']);
  vi.unstubAllGlobals();
});

import { expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  contextBridge: { exposeInMainWorld: vi.fn() },
  ipcRenderer: { send: vi.fn(), on: vi.fn() },
}));
vi.mock('electron', () => electron);

test('the bridge offers connect and hands the port to our own origin only', async () => {
  const postMessage = vi.fn();
  vi.stubGlobal('window', { location: { origin: 'app://station' }, postMessage });
  await import('./preload.ts');

  const [name, bridge] = electron.contextBridge.exposeInMainWorld.mock.calls[0] as [
    string,
    { connect(...given: unknown[]): void },
  ];
  expect(name).toBe('examStation');
  expect(Object.keys(bridge)).toEqual(['connect']);
  bridge.connect('whatever a page passes', { is: 'dropped' });
  expect(electron.ipcRenderer.send.mock.calls).toEqual([['exam-station-connect']]);

  const [channel, listener] = electron.ipcRenderer.on.mock.calls[0] as [string, (event: { ports: unknown[] }) => void];
  expect(channel).toBe('exam-station-port');
  listener({ ports: ['port'] });
  expect(postMessage.mock.calls).toEqual([['exam-station-port', 'app://station', ['port']]]);
  vi.unstubAllGlobals();
});

import { createRoot, type Root } from 'react-dom/client';
import { vi } from 'vitest';

/** As much of a browser as components without a single element need: hooks, their effects, and a window that keeps things. */
export function openRoot(kept: Map<string, string> = new Map()): Root {
  const nothing = () => undefined;
  const events = { addEventListener: nothing, removeEventListener: nothing };
  const document = { ...events, nodeType: 9, activeElement: null, defaultView: globalThis };
  vi.stubGlobal('window', globalThis);
  vi.stubGlobal('document', document);
  vi.stubGlobal('HTMLIFrameElement', class {});
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  const container = {
    ...events,
    nodeType: 1,
    nodeName: 'DIV',
    tagName: 'DIV',
    ownerDocument: document,
    textContent: '',
  };
  return createRoot(container as never);
}

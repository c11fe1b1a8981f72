import { createRoot } from 'react-dom/client';
import { openPlatformApi } from './api.ts';
import { App } from './app.tsx';
import './styles/index.ts';

// The center was updated meanwhile: what a page would fetch is there under another name.
addEventListener('vite:preloadError', () => location.reload());

createRoot(document.getElementById('root') as HTMLElement).render(<App api={openPlatformApi()} />);

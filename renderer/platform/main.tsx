import { createRoot } from 'react-dom/client';
import { openPlatformApi } from './api.ts';
import { App } from './app.tsx';
import './styles/index.ts';

createRoot(document.getElementById('root') as HTMLElement).render(<App api={openPlatformApi()} />);

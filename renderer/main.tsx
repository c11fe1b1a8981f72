import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openPageCamera } from './link/camera.ts';
import { openShellTrouble } from './link/shell-trouble.ts';
import { openStationLink } from './link/station.ts';
import './styles.ts';

// First: the shell may have something to say before there is a station.
const trouble = openShellTrouble();
const station = openStationLink();
const camera = openPageCamera(station);
createRoot(document.getElementById('root') as HTMLElement).render(
  <App station={station} camera={camera} trouble={trouble} />,
);

import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openPageCamera } from './link/camera.ts';
import { openShellTrouble } from './link/shell-trouble.ts';
import { openStationLink } from './link/station.ts';
import './design/styles/base.css';
import './design/styles/readiness.css';
import './design/styles/screens.css';
import './design/styles/faces.css';
import './design/styles/exam.css';
import './design/styles/proctor.css';

// First: the shell may have something to say before there is a station.
const trouble = openShellTrouble();
const station = openStationLink();
const camera = openPageCamera(station);
createRoot(document.getElementById('root') as HTMLElement).render(
  <App station={station} camera={camera} trouble={trouble} />,
);

import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openPageCamera } from './connection/camera.ts';
import { openShellTrouble } from './connection/shell-trouble.ts';
import { openStationLink } from './connection/station.ts';
import './styles/base.css';
import './styles/readiness.css';
import './styles/screens.css';
import './styles/faces.css';
import './styles/exam.css';
import './styles/proctor.css';

// First: the shell may have something to say before there is a station.
const trouble = openShellTrouble();
const station = openStationLink();
const camera = openPageCamera(station);
createRoot(document.getElementById('root') as HTMLElement).render(
  <App station={station} camera={camera} trouble={trouble} />,
);

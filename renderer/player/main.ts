import { launchPath } from '../../contract/page/package-address.ts';
import { type FromPlayer, ToPlayer } from '../../contract/page/player-messages.ts';
import type { Opening, PackageApi } from './api.ts';
import { standStill } from './stand-still.ts';
import './player.css';

/**
 * The page around a package, on an origin of the package's own: it has the interface that the package looks for, and tells the
 * station's page what was said to it. Nothing here is trusted by anybody: the package may do with it what it likes.
 */
const LOOK_MS = 1_000;
const page = window.parent;
const [station = 'null'] = window.location.ancestorOrigins;
const frame = document.getElementById('content') as HTMLIFrameElement;
// Packages look for the interface from window to window. Here it ends: what is above is of another origin.
Object.defineProperty(window, 'parent', { value: window });

const tell = (message: FromPlayer): void => page.postMessage(message, station);

let open: PackageApi | undefined;
let told = '';

function tellChange(left = false): void {
  if (!open) return;
  const said = open.said(left);
  const text = JSON.stringify(said);
  if (text === told) return;
  told = text;
  tell({ kind: 'said', ...said });
}

async function begin(opening: Opening): Promise<void> {
  if (open) return;
  open =
    opening.version === '1.2'
      ? (await import('./scorm12.ts')).openScorm12(opening)
      : (await import('./scorm2004.ts')).openScorm2004(opening);
  told = JSON.stringify(open.said());
  Object.assign(window, { [open.name]: open.api });
  frame.src = launchPath(opening.hash, opening.unit.launch);
  setInterval(() => tellChange(), LOOK_MS);
}

/** A package that is left says what it has to say; what of it comes later than that is lost. */
function close(): void {
  frame.addEventListener('load', () => {
    tellChange(true);
    tell({ kind: 'closed' });
  });
  frame.src = 'about:blank';
}

window.addEventListener('message', ({ source, origin, data }: MessageEvent) => {
  const message = source === page && origin === station ? ToPlayer.safeParse(data).data : undefined;
  if (message?.kind === 'open') void begin(message);
  if (message?.kind === 'hold') standStill(frame.contentWindow);
  if (message?.kind === 'close') close();
});
tell({ kind: 'ready' });

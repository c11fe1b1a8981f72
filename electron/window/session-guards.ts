import type { Session } from 'electron';
import { PACKAGE_SCHEME } from '../../contract/page/package-address.ts';
import type { Log } from '../log.ts';
import { SCHEME } from './origin.ts';
import { openPackageFiles } from './package-files.ts';
import { openPageFiles } from './page-files.ts';
import { mayCheck, mayRequest, type PermissionRequestDetails } from './permissions.ts';

/** Whatever leads out of this machine, or into its files. */
const ELSEWHERE = ['http', 'https', 'ws', 'wss', 'ftp', 'file'].map((scheme) => `${scheme}://*/*`);

const NOBODY = '127.0.0.1:9';

/** Serves the page to its session, with what courses show, and closes everything else a page can ask a session for. */
export function guardSession(
  session: Session,
  files: { readonly page: string; readonly media: string },
  log: Log,
): void {
  session.protocol.handle(
    SCHEME,
    openPageFiles(files.page, files.media, (address) =>
      log('warn', 'the page asked for a file that is not there', { address }),
    ),
  );
  session.protocol.handle(
    PACKAGE_SCHEME,
    openPackageFiles(files, (what) => log('warn', 'a package cannot be read', what)),
  );
  session.webRequest.onBeforeRequest({ urls: ELSEWHERE }, ({ url }, answer) => {
    log('warn', 'a request to elsewhere was denied', { url });
    answer({ cancel: true });
  });
  // Calls (WebRTC) ask for no address: they are left to a proxy where nobody is, and by it to nobody.
  void session.setProxy({ mode: 'fixed_servers', proxyRules: NOBODY, proxyBypassRules: '<-loopback>' });
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    // The details' shape depends on the permission; what is not there is not granted.
    const granted = mayRequest(permission, details as PermissionRequestDetails);
    if (!granted) log('warn', 'a permission was denied', { permission, requestingUrl: details.requestingUrl });
    answer(granted);
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) => mayCheck(permission, origin, details));
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  session.on('will-download', (event) => event.preventDefault());
}

/** What goes to the center and comes from it, over the network or in files. */

export { bytesIn, jsonIn } from './answer.ts';
export { openCenterClient } from './center-client.ts';
export { startCourier } from './courier.ts';
export { openEvidencePost } from './evidence-post.ts';
export { openLogClient } from './log-client.ts';
export { openLogWatch, startLogWatch } from './log-watch.ts';
export { startMediaRounds } from './media/index.ts';
export { type Installed, installedInWords, installPackage, openInbox } from './packages/index.ts';

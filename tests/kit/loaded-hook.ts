/** Loaded before a program (`--import`): says on its fourth file, when it ends, every file that the main thread has loaded. */
import { writeSync } from 'node:fs';
import { registerHooks } from 'node:module';

const REPORT = 4;
const loaded: string[] = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
process.on('exit', () => void writeSync(REPORT, loaded.join('\n')));

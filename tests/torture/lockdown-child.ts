import { parseArgs } from 'node:util';
import { type Journal, machineSteps, openJournal, performAll, restore } from '../../electron/lockdown/index.ts';
import { type Run, run } from '../../electron/lockdown/steps/run.ts';

/**
 * Locks this machine with the kiosk's own steps and unlocks it again, or restores it, and is killed at one moment of that:
 * before or after anything that is written to the journal or said to the operating system. Prints how many there were.
 */
const { values } = parseArgs({
  options: { journal: { type: 'string' }, do: { type: 'string' }, 'die-at': { type: 'string', default: '0' } },
});
const dieAt = Number(values['die-at']);
let moments = 0;

/** As a power cut would: nothing is closed, nothing is said. */
function moment(): void {
  moments += 1;
  if (moments === dieAt) process.kill(process.pid, 'SIGKILL');
}

const counted: Run = async (...command) => {
  moment();
  const said = await run(...command);
  moment();
  return said;
};
const inner = openJournal(values.journal ?? '');
const journal: Journal = {
  ...inner,
  write(entries) {
    moment();
    inner.write(entries);
    moment();
  },
};
const steps = machineSteps('linux', process.env, counted);
if (values.do === 'restore') await restore(steps, journal);
else {
  const lockdown = await performAll(steps, journal);
  const failed = lockdown.findings.filter(({ state }) => state === 'failed');
  if (failed.length > 0) throw new Error(JSON.stringify(failed));
  await lockdown.revert();
}
process.stdout.write(`${moments}\n`);

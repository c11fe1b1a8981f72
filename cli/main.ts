#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { refuseDebugger } from '../proof/secrets/private-process.ts';
import { addAccess } from './commands/access.ts';
import { addBank } from './commands/bank.ts';
import { addCandidate } from './commands/candidate.ts';
import { addCenter } from './commands/center.ts';
import { addCourse } from './commands/course.ts';
import { addDemo } from './commands/demo.ts';
import { addDispute } from './commands/dispute.ts';
import { addDoctor } from './commands/doctor.ts';
import { addErase } from './commands/erase.ts';
import { addEvidence } from './commands/evidence.ts';
import { addExport } from './commands/export.ts';
import { addFace } from './commands/face.ts';
import { addFirm } from './commands/firm.ts';
import { addForm } from './commands/form.ts';
import { addGrant } from './commands/grant.ts';
import { addLearning } from './commands/learning.ts';
import { addLedger } from './commands/ledger.ts';
import { addModels } from './commands/models.ts';
import { addPackage } from './commands/package.ts';
import { addProctor } from './commands/proctor.ts';
import { addProctoring } from './commands/proctoring.ts';
import { addProvision } from './commands/provision.ts';
import { addRescue } from './commands/rescue.ts';
import { addResend } from './commands/resend.ts';
import { addRestore } from './commands/restore.ts';
import { addResults } from './commands/results.ts';
import { addRoster } from './commands/roster.ts';
import { addRotateKey } from './commands/rotate-key.ts';
import { addSeats } from './commands/seats.ts';
import { addStart } from './commands/start.ts';
import { addStation } from './commands/station.ts';
import { addUpdate } from './commands/update.ts';
import { addVerify } from './commands/verify.ts';
import { addWitness } from './commands/witness.ts';

const USAGE = 2;

refuseDebugger();
// Whoever reads only the beginning (`| head`) has read enough: what was begun goes on to its end, and its exit code stands.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const program = new Command('exam-station')
  .description('Exams by face that anyone can prove: card, liveness, 1:1 match, a proctor, a signed result.')
  .version(packageJson.version);
// Before the subcommands are added: they inherit it.
program.exitOverride().showHelpAfterError('(--help lists what there is)');
for (const add of [
  addStart,
  addProvision,
  addDoctor,
  addModels,
  addBank,
  addCourse,
  addLearning,
  addForm,
  addPackage,
  addCenter,
  addCandidate,
  addRoster,
  addResults,
  addProctor,
  addSeats,
  addAccess,
  addDispute,
  addGrant,
  addFirm,
  addStation,
  addProctoring,
  addRescue,
  addRestore,
  addFace,
  addUpdate,
  addErase,
  addExport,
  addEvidence,
  addResend,
  addRotateKey,
  addLedger,
  addVerify,
  addWitness,
  addDemo,
])
  add(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE;
    // Whoever reads one document reads one here too.
    if (error.exitCode !== 0 && process.argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ ok: false, reason: 'usage', detail: error.message }, null, 2)}\n`);
  } else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = USAGE;
  }
}

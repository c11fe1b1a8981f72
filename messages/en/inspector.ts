import type { inspector as zh } from '../zh/inspector.ts';

/** For whoever checks a proof. English. */
export const inspector: Readonly<Record<keyof typeof zh, string>> = {
  'verdict.proven': 'Proven: every signature holds, and the center has logged every result.',
  'verdict.proven-by-its-own-key':
    'Proven only if the key that came with the file is the center’s: every signature holds, and every result was logged. Anybody can make a key; compare the id below.',
  'verdict.signed-only':
    'Signed only: every signature holds, but no receipt of a center is here. The station could still write another; wait until it is logged.',
  'verdict.refused': 'Refused: this file proves no result.',
  'verdict.refused-audit': 'Refused: this is not the audit log as the center signed it.',
  'remark.key-self-stated':
    'The center key came with the file. Compare its id {key} with the one the center publishes, or give the key with --key.',
  'remark.log-not-shown':
    'The file does not show the log: nobody can see by it whether the center logged the station’s certificate. Ask the center for one that does.',
  'remark.reason-unknown': 'Unknown reason: {word}. The program that wrote it is newer than this one.',
  'remark.signed-before-revocation':
    'Some of it is signed with the center’s key {key}, which was revoked at {at}. The log held it in a tree that another key of the center signed, so it stands.',
  'remark.dated-ahead':
    'The file says {at}, which is later than the clock of this computer. See whether that is right.',
  'remark.logged-late':
    '{records, plural, one {# result was} other {# results were}} logged up to {days, plural, one {# day} other {# days}} after the exam: the date rests on the clock of the station alone.',
  'remark.logged-before-sat':
    '{records, plural, one {# result was} other {# results were}} logged before the exam was handed in, such as {sitting}. At that time nothing held them to it.',
  'remark.marks-unexplained':
    '{records, plural, one {# result has} other {# results have}} other marks than the answers, such as {sitting}. At that time nothing held them to it.',
  'remark.pass-marks-none':
    '{records, plural, one {# formal result needs} other {# formal results need}} 0 marks to pass, such as {sitting}: everybody passes.',
  'remark.not-formal':
    '{records, plural, one {# result is} other {# results are}} of practice and not of an exam, such as {sitting}.',
  'remark.host-not-locked':
    '{records, plural, one {# formal result was} other {# formal results were}} not sat in the locked kiosk alone, such as {sitting}.',
  'remark.identity-overridden':
    '{records, plural, one {# result is} other {# results are}} of somebody whom a proctor let in by hand, not the camera, such as {sitting}.',
  'remark.incident-confirmed':
    '{records, plural, one {# result passed} other {# results passed}} with an incident that a proctor confirmed, such as {sitting}.',
  'remark.clock-moved':
    '{records, plural, one {# result} other {# results}}: the clock of the station was set during the exam, such as {sitting}, so that dates may be off.',
  'remark.time-contradicted':
    '{records, plural, one {# result is} other {# results are}} dated otherwise than by what the center signed of the time, such as {sitting}. Ask the center when it was sat.',
  'remark.active-longer':
    '{records, plural, one {# result says} other {# results say}} more exam time than passed from beginning to end, such as {sitting}: the clock may have been set in between.',
  'remark.entry-outside':
    '{records, plural, one {# result tells} other {# results tell}} of incidents or decisions at a time outside of the exam, such as {sitting}.',
  'remark.batches-missing': 'Batches {from} to {to} are not here: their results were not checked.',
  'remark.batch-replaced':
    'There are two batches {number}: {files}. The station took one back, and the other stands for it.',
  'remark.batch-unlinked':
    'Batch {number} does not follow the batch before it that is here ({files}): the station may have taken that one back.',
  'remark.record-again': '{sitting} is in two batches and says the same: {files}. It was logged once at most.',
  'remark.exam-twice': 'One exam that was moved has two results: {sittings}. Ask the center which of them stands.',
  'remark.station-key-other': 'Station {station} changed its signing key between these files. The center can say when.',
};

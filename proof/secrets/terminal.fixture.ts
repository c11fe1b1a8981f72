import { TerminalSettings } from '../../contract/shell/terminal-settings.ts';
import { sha256 } from '../hash.ts';
import { hashSecret } from './secret-hash.ts';

export const ADMINISTRATOR_PIN = '482915';
export const RECOVERY_CODE = 'ABCDE-FGHJK-MNPQR-STVWX-YZ012';

/** A terminal as it was written down. */
export const aTerminal = (changes: Partial<TerminalSettings> = {}): TerminalSettings =>
  TerminalSettings.parse({
    format: 'exam-station/terminal@1',
    name: '一号考站',
    room: '一号考场',
    center: 'https://center.example',
    administratorPinHash: hashSecret(ADMINISTRATOR_PIN),
    recoveryCodeHash: sha256(RECOVERY_CODE.replaceAll('-', '')),
    ...changes,
  });

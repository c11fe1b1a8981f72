import type { Reply } from './samv.ts';
import { COMMANDS, type CommandName, type CommandSpec } from './samv-tables.ts';

/**
 * Whether a reply can be for this command. Replies name no command, so one that comes late, after its command was given
 * up, must not be taken for the next command's; nor must one that damage made and the checksum let through. What a reader
 * can say to a command is little, and only that is believed: success with as many bytes as belong to it, or a refusal
 * with none.
 */
export function answers(command: CommandName, { sw: [sw1, sw2, status], data }: Reply): boolean {
  const { success, data: lengths }: CommandSpec = COMMANDS[command];
  // The first two are the card's own word. It has none when all went well, and may have one when it refused.
  if (status === success) return sw1 === 0 && sw2 === 0 && lengths.includes(data.length);
  if (data.length > 0 || status === COMMANDS.find.success || status === COMMANDS.status.success) return false;
  // To a read, a reader may say of either that the card it was about is there no more.
  const reads = command.startsWith('read');
  if (status === 0x80) return command === 'find' || reads;
  if (status === 0x81) return command === 'select' || reads;
  return true;
}

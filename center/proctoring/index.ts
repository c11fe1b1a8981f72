/** What proctors want of stations that they are not at: commands to them, and times in which a code unlocks an exam. */
export { commandsFor, endCommandsFor, giveCommand, outcomeOf, settleCommand } from './commands.ts';
export { givenWords } from './given-words.ts';
export { migrations } from './migrations.ts';
export { endUnlockWindow, listUnlockWindows, openUnlockWindow } from './unlock-windows.ts';
export { commandsWaiting } from './waiting.ts';

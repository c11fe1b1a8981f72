/** Identity cards: a reader's cards as checked values, and an emulated reader. */
export { roomOf } from './card-layout.ts';
export type { CardReading, PhotoDecoder } from './card-reading.ts';
export type { CardText } from './card-text.ts';
export { type EmulatedCard, inventedNumber, residentCard } from './emulator/card.ts';
export { type Emulator, type EmulatorOptions, startEmulator } from './emulator/index.ts';
export { ptyAvailable } from './emulator/pty.ts';
export { findReaderPort, serialPorts } from './find-port.ts';
export { openReader, type ReaderOptions } from './reader.ts';
export type { Reader, ReaderEvents, ReaderState, Unreadable } from './reader-loop.ts';

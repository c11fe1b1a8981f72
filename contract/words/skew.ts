/**
 * So far a clock may be off, in milliseconds, whose word is taken: of a request, a command, a time that was signed. Rooms
 * without network time drift by minutes, not more.
 */
export const MAX_SKEW_MS = 10 * 60_000;

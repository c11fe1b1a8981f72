import { AsyncLocalStorage } from 'node:async_hooks';

/** What is said of a span: words and numbers of this program, never what somebody wrote. */
export type SpanSays = Readonly<Record<string, string | number>>;

/** Something that is being done. */
export type Span = {
  /** By which others that are asked meanwhile say that they were asked for this (W3C Trace Context). */
  readonly traceparent: string;
  end(outcome: { readonly failed: boolean; readonly says?: SpanSays }): void;
};

export type SpanKind = 'server' | 'client' | 'internal';

/** Whoever writes down what was done, when, and as a part of what. */
export type Tracer = {
  /** @param parent `traceparent` of what it is a part of */
  start(name: string, kind: SpanKind, says: SpanSays, parent: string | undefined): Span;
  /** Sends what was written down so far. */
  close(): Promise<void>;
};

const spans = new AsyncLocalStorage<Span>();

/** What others are told whom this program asks now; nothing where nothing is traced. */
export const traceparentNow = (): string | undefined => spans.getStore()?.traceparent;

/** Does work, with all that it waits for, as a part of this. */
export const within = <T>(span: Span, work: () => T): T => spans.run(span, work);

/** Does work as something of its own, a part of what is being done now. */
export async function inSpan<T>(
  tracer: Tracer | undefined,
  { name, kind = 'internal', says = {} }: { readonly name: string; readonly kind?: SpanKind; readonly says?: SpanSays },
  work: () => Promise<T>,
): Promise<T> {
  if (!tracer) return work();
  const span = tracer.start(name, kind, says, traceparentNow());
  try {
    const result = await within(span, work);
    span.end({ failed: false });
    return result;
  } catch (error) {
    // What it failed with may name somebody: the log has it.
    span.end({ failed: true });
    throw error;
  }
}

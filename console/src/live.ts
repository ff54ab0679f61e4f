/** What changes, as the gateway's stream tells it; a lost connection is noticed, shown, and made again. */
import { signal } from '@preact/signals';
import type { Api } from './api.js';

export type Change =
  | { readonly topic: 'payments'; readonly uetrs: readonly string[] }
  | { readonly topic: 'ledgers'; readonly codes: readonly string[] }
  | { readonly topic: 'fx' }
  | { readonly topic: 'desk' }
  /** Something may have been missed: read again what is shown. */
  | { readonly topic: 'everything' }
  | { readonly topic: 'heartbeat' };

export type LiveState = 'connecting' | 'live' | 'lost';
export const liveState = signal<LiveState>('connecting');

const listeners = new Set<(change: Change) => void>();

/** Tells of every change until the answer is called. */
export function onChange(listen: (change: Change) => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

const tell = (change: Change): void => {
  for (const listen of listeners) listen(change);
};

/** The gateway beats every 10 s; silence for longer than this is a lost connection. */
const SILENCE_MAX_MS = 25_000;
const WAIT_MIN_MS = 500;
const WAIT_MAX_MS = 15_000;

function tellEvent(text: string): void {
  const name = /^event: (\w+)$/m.exec(text)?.[1];
  const data = JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? '{}') as Record<string, string[]>;
  if (name === 'payments') tell({ topic: 'payments', uetrs: data.uetrs ?? [] });
  else if (name === 'ledgers') tell({ topic: 'ledgers', codes: data.codes ?? [] });
  else if (name === 'fx' || name === 'desk' || name === 'everything' || name === 'heartbeat') tell({ topic: name });
}

/** Reads one stream to its end, which is a good one unless it throws. */
async function readStream(api: Api, signal: AbortSignal, opened: () => void): Promise<void> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
  try {
    const response = await api.send('/v1/stream', { signal: AbortSignal.any([signal, silence.signal]) });
    if (!response.ok || !response.body) throw new Error(`the stream is refused: ${response.status}`);
    opened();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ''; ; ) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MAX_MS);
      const parts = (text + value).split('\n\n');
      text = parts.pop() ?? '';
      for (const part of parts) tellEvent(part);
    }
  } finally {
    clearTimeout(timer);
  }
}

/** Waits, or until the machine says that it is back on the network. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done, { once: true });
  });
}

/** Follows the stream until the answer is called. */
export function followChanges(api: Api): () => void {
  const stopped = new AbortController();
  const run = async () => {
    let wasLost = false;
    for (let waitMs = WAIT_MIN_MS; !stopped.signal.aborted; ) {
      try {
        await readStream(api, stopped.signal, () => {
          liveState.value = 'live';
          waitMs = WAIT_MIN_MS;
          if (wasLost) tell({ topic: 'everything' });
          wasLost = false;
        });
        // The gateway ends a stream now and then so that its key is checked again.
        wasLost = true;
      } catch {
        if (stopped.signal.aborted) return;
        wasLost = true;
        liveState.value = 'lost';
        await pause(waitMs * (0.75 + Math.random() / 2), stopped.signal);
        waitMs = Math.min(waitMs * 2, WAIT_MAX_MS);
      }
    }
  };
  liveState.value = 'connecting';
  void run();
  return () => stopped.abort();
}

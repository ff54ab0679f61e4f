/** The worked examples of docs/ledger.md, sent as they are written there, in their order. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { manualClock } from '../ledger/support.js';
import { openWorld, type World } from './support.js';

const DOCUMENT = readFileSync(new URL('../../docs/ledger.md', import.meta.url), 'utf8');
const START = Date.parse('2027-01-15T06:00:00Z');
/** More than the ledger takes to do by itself what is due. */
const WAIT_MS = 15_000;

interface Request {
  readonly key: string;
  readonly method: string;
  readonly target: string;
  readonly body: string | null;
  readonly status: number;
  readonly code: string | null;
  /** What the answer has, among other things. */
  readonly answer: object;
}
type Step = { readonly at: number } | Request;

function stepOf(text: string): Step {
  const moment = /^at (\S+)$/.exec(text);
  if (moment) return { at: Date.parse(moment[1]!) };
  const parts = /^(\S+) (GET|POST) (\S+)\n(.*?)=> (\d{3})(?: (\w+))?(?:\n(.+))?$/s.exec(text);
  if (!parts) throw new Error(`not an example: ${text}`);
  const [, key, method, target, body, status, code = null, answer] = parts as unknown as string[];
  return {
    ...{ key: key!, method: method!, target: target!, body: body!.trim() || null },
    ...{ status: Number(status), code: code ?? null, answer: answer === undefined ? {} : JSON.parse(answer) },
  };
}

/** The examples of each section, by its heading. */
const SECTIONS = DOCUMENT.split(/^#+ /m).flatMap((section) => {
  const blocks = [...section.matchAll(/^```http\n(.*?)\n```$/gms)].map(([, block]) => block!);
  const steps = blocks.flatMap((block) => block.split('\n\n')).map(stepOf);
  return steps.length === 0 ? [] : [{ heading: section.split('\n', 1)[0]!, steps }];
});

let world: World;
/** The id last answered, and the token of the last edge: what `{requestId}` and `{tokenId}` stand for. */
let requestId = '';
let tokenId = '';
const clock = manualClock(START);
beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());

async function follow(step: Step): Promise<void> {
  if ('at' in step) {
    expect(step.at).toBeGreaterThanOrEqual(clock.now());
    return clock.advance(step.at - clock.now());
  }
  const { key, method, target, body, status, code, answer } = step;
  const send = async () => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const path = target.replace('{requestId}', requestId).replace('{tokenId}', tokenId);
    const response = await world.call(key, method, path, body === null ? {} : { body, headers });
    requestId = response.body.requestId ?? requestId;
    tokenId = response.body.edges?.at(-1)?.tokenId ?? tokenId;
    expect({ status: response.status, code: response.body.code ?? null }).toEqual({ status, code });
    expect(response.body).toMatchObject(answer);
  };
  // What happens by itself takes a moment.
  await (method === 'GET' ? vi.waitFor(send, { timeout: WAIT_MS, interval: 100 }) : send());
}

describe('docs/ledger.md', () => {
  it.each(SECTIONS)('$heading', { timeout: 60_000 }, async ({ steps }) => {
    for (const step of steps) await follow(step);
  });
});

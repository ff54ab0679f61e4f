import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { eventHash, type Statement, statementBytes } from '../../../src/ledger/domestic/event.js';
import { IDENTITY } from '../support.js';
import { happened, refused, termsOfSale } from './event-support.js';

/** The function that docs/ledger.md shows to event providers, as it is written there. */
const DOCUMENT = readFileSync(new URL('../../../docs/ledger.md', import.meta.url), 'utf8');
const SHOWN = /^```js\n(.*?)\n```$/ms.exec(DOCUMENT)?.[1];
const shown = new Function(`${SHOWN}; return statementBytes;`)() as (
  ledger: typeof IDENTITY,
  event: { eventId: string; eventHash: string },
  said: Statement,
) => Buffer;

it.each([happened(100n), happened(1n, 12), refused('залог')])('signs what docs/ledger.md shows: %o', (said) => {
  const terms = termsOfSale();
  const event = { eventId: terms.eventId, eventHash: eventHash(IDENTITY, terms).toString('hex') };
  expect(shown(IDENTITY, event, said)).toEqual(statementBytes(IDENTITY, terms, said));
});

import { describe, expect, it } from 'vitest';
import { refusal } from '../../src/kernel/errors.js';
import type { LedgerCode, Uetr } from '../../src/kernel/ids.js';
import type { Attestation, Receipt, Vote } from '../../src/pvp/attestation.js';
import { attest, voteLeaf } from '../../src/pvp/attestation.js';
import {
  contradictions,
  decideLeg,
  type LegAction,
  type LegEvent,
  type LegFacts,
  type LegHold,
} from '../../src/pvp/leg.js';
import type { SignerEntry } from '../../src/pvp/signer.js';
import type { PvpTerms } from '../../src/pvp/terms.js';
import type { Verified } from '../../src/pvp/verify.js';
import { bytes, createWorld, T0, termsOf, uuid } from './world.js';

const world = await createWorld(['KZ', 'CN']);
const terms: PvpTerms = termsOf(world, uuid() as Uetr);
const { pvpId, prepareBy, voteBy } = terms;
const HASH = Buffer.alloc(32, 1);
const OTHER = Buffer.alloc(32, 2);
const NONE: LegFacts = { receipts: [], votes: [] };

const vote = (code: string, decision: Vote['decision'], termsHash: Uint8Array = HASH): Verified<Vote> => {
  const reason = decision === 'ABORT' ? ('CANCELLED' as const) : null;
  const value: Vote = {
    ledger: code as LedgerCode,
    pvpId,
    termsHash,
    decision,
    reason,
    decidedAt: T0,
    receiptsHash: bytes(32),
  };
  return { value, attestation: attest('vote', [voteLeaf(value)], world.side(code).coSignerKey)[0]! };
};
const receipt = (code: string, termsHash: Uint8Array = HASH): Verified<Receipt> => ({
  value: { ledger: code as LedgerCode, pvpId, termsHash, holdId: 'h', heldAt: T0 },
  attestation: {} as Attestation,
});
const entry = (decision: Vote['decision'], change: Partial<SignerEntry> = {}): SignerEntry => ({
  ...{ pvpId, decision, termsHash: HASH, reason: decision === 'ABORT' ? 'CANCELLED' : null, decidedAt: T0 },
  ...{ keyId: 'KZ-cosigner', termsBytes: bytes(8), holdId: 'h', heldAt: T0, tokenIds: [], receiptsHash: bytes(32) },
  ...{ receipts: [], peerVotes: [], ...change },
});
const HELD: LegHold = { state: 'HELD', termsHash: HASH, lapseAt: voteBy + 4_000 };
const prepare = (change: Partial<Extract<LegEvent, { kind: 'prepare' }>> = {}): LegEvent => ({
  ...{ kind: 'prepare', terms, termsHash: HASH, refused: null },
  ...change,
});
const deliver: LegEvent = { kind: 'deliver' };
const certificate = [vote('KZ', 'COMMIT'), vote('CN', 'COMMIT')];
const halted = refusal('TRADING_HALTED');
const ready: LegFacts = { receipts: [receipt('CN')], votes: [vote('CN', 'COMMIT')] };

type Row = [
  from: string,
  row: {
    hold?: LegHold | null;
    entry?: SignerEntry | null;
    event: LegEvent;
    facts?: LegFacts;
    now?: number;
    as?: string;
  },
  expected: Partial<LegAction> & { do: LegAction['do'] },
];

const doesNothing = { do: 'nothing', refused: null } as const;
const aborts = (reason: string) => ({ do: 'vote', vote: 'ABORT', reason }) as Partial<LegAction> & { do: 'vote' };

const TABLE: Row[] = [
  ['NONE, PREPARE in time', { event: prepare() }, { do: 'placeHold' }],
  ['NONE, PREPARE at the deadline', { event: prepare(), now: prepareBy }, { do: 'placeHold' }],
  ['NONE, PREPARE after it', { event: prepare(), now: prepareBy + 1 }, aborts('PREPARE_TOO_LATE')],
  ['NONE, PREPARE fails a check', { event: prepare({ refused: refusal('WALLET_BLOCKED') }) }, aborts('WALLET_BLOCKED')],
  ['NONE, PREPARE unreadable', { event: prepare({ terms: null }) }, aborts('TERMS_INVALID')],
  [
    'NONE, PREPARE, a peer aborted',
    { event: prepare(), facts: { receipts: [], votes: [vote('CN', 'ABORT')] } },
    aborts('PEER_ABORTED'),
  ],
  ['NONE, CANCEL', { event: { kind: 'cancel' } }, aborts('CANCELLED')],
  ['NONE, QUERY before prepareBy', { event: { kind: 'query', prepareBy: T0 } }, doesNothing],
  ['NONE, QUERY after prepareBy', { event: { kind: 'query', prepareBy: T0 - 1 } }, aborts('PREPARE_TOO_LATE')],
  ['NONE, QUERY without a deadline', { event: { kind: 'query', prepareBy: null } }, aborts('PREPARE_TOO_LATE')],
  ['NONE, votes of others', { event: deliver, facts: ready }, doesNothing],
  ['NONE, certificate', { event: deliver, facts: { receipts: [], votes: certificate } }, doesNothing],
  [
    "NONE, a peer's ABORT",
    { event: deliver, facts: { receipts: [], votes: [vote('CN', 'ABORT', OTHER)] } },
    aborts('PEER_ABORTED'),
  ],
  ['NONE, lapse', { event: { kind: 'lapse' } }, doesNothing],
  ['NONE, ABORT journalled', { entry: entry('ABORT'), event: prepare() }, { do: 'tombstone', reason: 'CANCELLED' }],
  [
    'NONE, COMMIT journalled, PREPARE',
    { entry: entry('COMMIT'), event: prepare({ termsHash: OTHER }), now: voteBy + 1 },
    { do: 'rebuild' },
  ],
  ['NONE, COMMIT journalled, CANCEL', { entry: entry('COMMIT'), event: { kind: 'cancel' } }, { do: 'rebuild' }],
  ['NONE, COMMIT journalled, reconcile', { entry: entry('COMMIT'), event: { kind: 'reconcile' } }, { do: 'rebuild' }],
  [
    'other terms held, COMMIT journalled',
    { hold: { ...HELD, termsHash: OTHER }, entry: entry('COMMIT'), event: deliver },
    { do: 'rebuild' },
  ],
  ['NONE, PREPARE of a halted trade', { event: prepare(), facts: { ...NONE, halted } }, aborts('TRADING_HALTED')],
  ['HELD, halted, nothing to vote on yet', { hold: HELD, event: deliver, facts: { ...NONE, halted } }, doesNothing],
  [
    'HELD, halted where a COMMIT would follow',
    { hold: HELD, event: deliver, facts: { ...ready, halted } },
    aborts('TRADING_HALTED'),
  ],
  [
    'HELD, halted, but the certificate is there: our COMMIT was given',
    { hold: HELD, event: deliver, facts: { receipts: [], votes: certificate, halted } },
    { do: 'settle' },
  ],
  [
    'VOTED, halted: what was voted stands',
    { hold: HELD, entry: entry('COMMIT'), event: deliver, facts: { ...ready, halted } },
    { do: 'vote', vote: 'COMMIT' },
  ],
  ['HELD, PREPARE again', { hold: HELD, event: prepare() }, doesNothing],
  [
    'HELD, PREPARE of other terms',
    { hold: HELD, event: prepare({ termsHash: OTHER }) },
    { do: 'nothing', refused: refusal('TERMS_CONFLICT') },
  ],
  [
    'HELD, receipts and all later COMMITs',
    { hold: HELD, event: deliver, facts: ready },
    { do: 'vote', vote: 'COMMIT' },
  ],
  ['HELD, at voteBy', { hold: HELD, event: deliver, facts: ready, now: voteBy }, { do: 'vote', vote: 'COMMIT' }],
  ['HELD, asked after voteBy', { hold: HELD, event: deliver, facts: ready, now: voteBy + 1 }, aborts('VOTE_TOO_LATE')],
  ['HELD, no receipt', { hold: HELD, event: deliver, facts: { ...ready, receipts: [] } }, doesNothing],
  [
    'HELD, a receipt for other terms',
    { hold: HELD, event: deliver, facts: { ...ready, receipts: [receipt('CN', OTHER)] } },
    doesNothing,
  ],
  ['HELD, first leg, no later COMMIT', { hold: HELD, event: deliver, facts: { ...ready, votes: [] } }, doesNothing],
  [
    'HELD, last leg, receipts only',
    { hold: HELD, event: prepare(), facts: { receipts: [receipt('KZ')], votes: [] }, as: 'CN' },
    { do: 'vote', vote: 'COMMIT' },
  ],
  ['HELD, CANCEL', { hold: HELD, event: { kind: 'cancel' } }, aborts('CANCELLED')],
  ['HELD, lapse not yet', { hold: HELD, event: { kind: 'lapse' }, now: HELD.lapseAt }, doesNothing],
  ['HELD, lapse', { hold: HELD, event: { kind: 'lapse' }, now: HELD.lapseAt + 1 }, aborts('VOTE_TOO_LATE')],
  [
    "HELD, a peer's ABORT for other terms",
    { hold: HELD, event: deliver, facts: { receipts: [], votes: [vote('CN', 'ABORT', OTHER)] } },
    aborts('PEER_ABORTED'),
  ],
  [
    "HELD, a peer's COMMIT for other terms",
    { hold: HELD, event: deliver, facts: { receipts: [receipt('CN')], votes: [vote('CN', 'COMMIT', OTHER)] } },
    aborts('PEER_ABORTED'),
  ],
  [
    'HELD, ABORT journalled',
    { hold: HELD, entry: entry('ABORT'), event: { kind: 'reconcile' } },
    { do: 'release', reason: 'CANCELLED' },
  ],
  [
    'HELD, certificate',
    { hold: HELD, event: deliver, facts: { receipts: [], votes: certificate }, now: voteBy + 99_999 },
    { do: 'settle' },
  ],
  [
    'HELD, certificate of two terms',
    { hold: HELD, event: deliver, facts: { receipts: [], votes: [vote('KZ', 'COMMIT'), vote('CN', 'COMMIT', OTHER)] } },
    aborts('PEER_ABORTED'),
  ],
  ['VOTED, CANCEL', { hold: HELD, entry: entry('COMMIT'), event: { kind: 'cancel' } }, doesNothing],
  [
    'VOTED, lapse',
    { hold: HELD, entry: entry('COMMIT'), event: { kind: 'lapse' }, now: HELD.lapseAt + 99_999 },
    doesNothing,
  ],
  [
    'VOTED, certificate',
    { hold: HELD, entry: entry('COMMIT'), event: deliver, facts: { receipts: [], votes: certificate } },
    { do: 'settle' },
  ],
  [
    "VOTED, the peers' COMMITs, own to be repeated",
    { hold: HELD, entry: entry('COMMIT'), event: deliver, facts: ready },
    { do: 'vote', vote: 'COMMIT' },
  ],
  [
    "VOTED, a peer's ABORT not stored yet",
    {
      hold: HELD,
      entry: entry('COMMIT'),
      event: deliver,
      facts: { receipts: [], votes: [vote('CN', 'ABORT', OTHER)] },
    },
    { do: 'recordPeerVotes' },
  ],
  [
    "VOTED, a peer's ABORT stored",
    {
      hold: HELD,
      entry: entry('COMMIT', { peerVotes: [vote('CN', 'ABORT').attestation] }),
      event: { kind: 'reconcile' },
    },
    { do: 'release', reason: 'PEER_ABORTED' },
  ],
  [
    "VOTED, a peer's COMMIT stored, then its ABORT",
    {
      hold: HELD,
      entry: entry('COMMIT', { peerVotes: [vote('CN', 'COMMIT').attestation] }),
      event: deliver,
      facts: { receipts: [], votes: [vote('CN', 'ABORT'), vote('KZ', 'COMMIT')] },
    },
    { do: 'settle' },
  ],
  [
    "VOTED, a peer's COMMIT for other terms",
    { hold: HELD, entry: entry('COMMIT', { peerVotes: [vote('CN', 'COMMIT', OTHER).attestation] }), event: deliver },
    { do: 'release', reason: 'PEER_ABORTED' },
  ],
  [
    'SETTLED, CANCEL',
    { hold: { ...HELD, state: 'SETTLED' }, entry: entry('COMMIT'), event: { kind: 'cancel' } },
    doesNothing,
  ],
  [
    "SETTLED, a peer's ABORT",
    { hold: { ...HELD, state: 'SETTLED' }, event: deliver, facts: { receipts: [], votes: [vote('CN', 'ABORT')] } },
    doesNothing,
  ],
  [
    'RELEASED, certificate',
    { hold: { ...HELD, state: 'RELEASED' }, event: deliver, facts: { receipts: [], votes: certificate } },
    doesNothing,
  ],
  [
    'RELEASED, PREPARE of other terms',
    { hold: { ...HELD, state: 'RELEASED' }, event: prepare({ termsHash: OTHER }) },
    { do: 'nothing', refused: refusal('TERMS_CONFLICT') },
  ],
];

describe('the leg, row by row', () => {
  it.each(TABLE)('%s', (_, row, expected) => {
    const view = { hold: row.hold ?? null, entry: row.entry ?? null, terms };
    const config = { ledger: (row.as ?? 'KZ') as LedgerCode };
    const action = decideLeg(view, row.event, row.facts ?? NONE, row.now ?? T0, config);
    expect(action).toMatchObject(expected);
  });

  it('a certificate by keys that the terms do not name settles nothing', () => {
    const strange = certificate.map((item) => ({ ...item, attestation: { ...item.attestation, keyId: 'KZ-older' } }));
    const view = { hold: HELD, entry: null, terms };
    expect(decideLeg(view, deliver, { receipts: [], votes: strange }, T0, { ledger: 'KZ' as LedgerCode })).toEqual(
      doesNothing,
    );
  });

  it('contradictions are two votes of one ledger that differ', () => {
    const commit = vote('CN', 'COMMIT');
    expect(contradictions([commit, vote('CN', 'COMMIT'), vote('KZ', 'ABORT')])).toEqual([]);
    expect(contradictions([vote('CN', 'ABORT'), vote('CN', 'ABORT', OTHER)])).toEqual([]);
    expect(contradictions([commit, vote('CN', 'ABORT')])).toHaveLength(2);
    expect(contradictions([commit, vote('CN', 'COMMIT', OTHER)])).toHaveLength(2);
  });
});

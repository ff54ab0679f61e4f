/** The audit derives the totals of agreements from the blocks alone: whoever forges them is told of. */
import type { PoolClient } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ByteWriter } from '../../src/kernel/bytes.js';
import { sha256 } from '../../src/kernel/hash.js';
import type { TransactionContent } from '../../src/ledger/canonical.js';
import { encodeUse, UNUSED, useOf } from '../../src/ledger/domestic/agreement.js';
import {
  encodeState,
  encodeStatements,
  eventHash,
  holdOfEvent,
  type SignedStatement,
  stateOf,
} from '../../src/ledger/domestic/event.js';
import { invoiceEntry, stateOfInvoice, termsOfInvoice } from '../../src/ledger/domestic/invoice.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import type { Entry } from '../../src/ledger/model.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import { ledgerFindings } from '../ledger/audited.js';
import { account, agree, mark, project, spend, TREASURY, withdraw } from '../ledger/domestic/agreements.js';
import {
  happened,
  hold,
  refused,
  register,
  registerProvider,
  state,
  termsOfSale,
} from '../ledger/domestic/event-support.js';
import { invoice, pay, refund, registerVat } from '../ledger/domestic/invoices.js';
import { codes, IDENTITY, issue, manualClock, open, openLedger, w } from '../ledger/support.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { entryOf, forge, free, unspent } from './domestic-tampering.js';

const UNDER = { agreement: { agreementId: 'A1', markId: 'school' } };
const act = (eventId: string, amountMinor: bigint) =>
  termsOfSale({
    ...{ eventId, amountMinor, debitWallet: w('fund'), markId: 'school', markLevel: 0 },
    receivers: [{ walletId: w('builder'), parts: 1n, agreementId: 'A1' }],
  });
const WAITING = act('act-2', 50n);
const PAID = act('act-1', 40n);

const STEPS: readonly LedgerCommand[] = [
  ...['fund', 'builder', 'mason'].map((id) => open(id)),
  ...[open('tax', 'treasury', TREASURY), issue('i1', 'fund', 1_000n), registerVat('tax'), project('school')],
  ...[mark('m1', 'fund', 'school', 400n), agree('A1', 'fund', 'builder', 300n, 100n), registerProvider('land')],
  ...[spend('s1', 'fund', 'builder', 10n, 'A1'), withdraw('w1', 'builder', 5n, 'A1')],
  ...[PAID, WAITING].flatMap((terms) => [register(terms), hold(terms)]),
  state(PAID, happened(30n)),
  ...[invoice('N', 'builder', 'fund', 20n, 4n), pay('p1', 'N', 'builder', 'fund', 12n)].map((one) => ({
    ...one,
    ...UNDER,
  })),
  { ...refund('r1', 'N', 'builder', 'fund', 6n), ...UNDER },
];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(ledgerMigrations);
  const clock = manualClock();
  const store = createPgStore(database.pool);
  const ledger = await openLedger(store, { clock });
  for (const step of STEPS) {
    clock.advance(1);
    expect(await codes(ledger, [step])).toEqual(['ok']);
  }
  expect(await account(store, 'A1')).toBe('45 5 50 1, 204 left');
});
afterAll(() => database.drop());

/** Codes that the audit tells of after something was done to the ledger, which is taken back. */
async function codesAfter(tamper: (client: PoolClient) => Promise<unknown>): Promise<string[]> {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN');
    await tamper(client);
    return [...new Set((await ledgerFindings(client)).map(({ code }) => code))].sort();
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

const NOBODY = {
  debitWallet: null,
  creditWallet: null,
  amountMinor: 0n,
  detail: Buffer.alloc(0),
  inputs: [],
  outputs: [],
};
const agreement = (client: PoolClient): Promise<Entry> => entryOf(client, 'agreement', 'A1');

/** An entry written by a transaction that does nothing else. */
const writing =
  (kind: Entry['kind'], entryId: string, change: (entry: Entry) => Partial<Entry>) => async (client: PoolClient) => {
    const entry = await entryOf(client, kind, entryId);
    await forge(client, { ...NOBODY, kind: 'register', reference: entryId, entries: [{ ...entry, ...change(entry) }] });
  };

const FIELDS = { markId: 'school', markLevel: 0, agreementId: 'A1' };
const spendDetail = new ByteWriter()
  .text(FIELDS.markId)
  .integer(FIELDS.markLevel)
  .optional(FIELDS.agreementId, (writer, v) => writer.text(v))
  .optional(null, (writer) => writer)
  .finish();

/** What the release for an event left, 10 of it. */
const FREE = "mark_id = 'school' AND NOT held AND amount_minor = 10";

/** A payment under the agreement, whose entry it leaves as `entries` says. */
const spending = (entries: (client: PoolClient) => Promise<readonly Entry[]>) => async (client: PoolClient) => {
  const { token: marked } = await unspent(client, 'fund', FREE);
  const paid = { ...free('builder', marked.amountMinor, 'school', 0) };
  const said = {
    debitWallet: w('fund'),
    creditWallet: w('builder'),
    amountMinor: marked.amountMinor,
    detail: spendDetail,
  };
  await forge(client, {
    ...{ kind: 'spend', reference: 'forged', ...said, inputs: [marked], outputs: [paid] },
    entries: await entries(client),
  });
};

/** Ends what waits for the event, its entries as `left` says, by a statement that verifies. */
const ending =
  (
    kind: 'settle' | 'release',
    outputs: TransactionContent['outputs'],
    left: (client: PoolClient) => Promise<readonly Entry[]>,
  ) =>
  async (client: PoolClient) => {
    const conditionRef = holdOfEvent(WAITING.eventId);
    const { token } = await unspent(client, 'fund', 'held', conditionRef);
    const command = state(WAITING, kind === 'settle' ? happened(50n) : refused('no'));
    const evidence = encodeStatements([(command as { statement: SignedStatement }).statement]);
    const detail = new ByteWriter().bytes(eventHash(IDENTITY, WAITING));
    if (kind === 'release') detail.text('EVENT_REFUSED');
    await forge(
      client,
      {
        ...{
          kind,
          reference: conditionRef,
          debitWallet: w('fund'),
          creditWallet: w(kind === 'settle' ? 'builder' : 'fund'),
        },
        ...{ amountMinor: 50n, detail: detail.bytes(sha256(evidence)).finish(), inputs: [token], outputs },
        entries: await left(client),
      },
      evidence,
    );
    await client.query(
      `UPDATE hold SET state = $2, reason = $3, ended_in = (SELECT max(sequence) FROM block), ended_by = 0,
         ended_at = (SELECT block_time FROM block ORDER BY sequence DESC LIMIT 1) WHERE condition_ref = $1`,
      [conditionRef, ...(kind === 'settle' ? ['SETTLED', null] : ['RELEASED', 'EVENT_REFUSED'])],
    );
  };
const eventLeft = async (client: PoolClient, phase: 'settled' | 'refused', heldFor: bigint[] = []): Promise<Entry> => {
  const entry = await entryOf(client, 'event', WAITING.eventId);
  const next = { ...stateOf(entry), phase, remainingMinor: 0n, sequence: 2, heldFor };
  return { ...entry, state: encodeState(next), open: false };
};
const usedTo = async (client: PoolClient, change: Partial<ReturnType<typeof useOf>>): Promise<Entry> => {
  const entry = await agreement(client);
  return { ...entry, state: encodeUse({ ...useOf(entry), ...change }) };
};

/** A payment of the invoice, that the agreement knows nothing of. */
const payingInvoice = async (client: PoolClient): Promise<void> => {
  const { token } = await unspent(client, 'fund', FREE);
  const entry = await entryOf(client, 'invoice', 'N');
  const [terms, before] = [termsOfInvoice(entry), stateOfInvoice(entry)];
  const paid = { netMinor: before.paid.netMinor + 5n, vatMinor: before.paid.vatMinor + 1n };
  const change = { ...free('fund', token.amountMinor - 6n, 'school', 0) };
  await forge(client, {
    ...{ kind: 'payInvoice', reference: 'forged', debitWallet: w('fund'), creditWallet: w('builder'), amountMinor: 6n },
    ...{ detail: new ByteWriter().text('N').finish(), inputs: [token] },
    outputs: [free('builder', 5n, 'school', 0), free('builder', 1n, 'vat', 0), change],
    entries: [invoiceEntry(terms, { ...before, paid })],
  });
};

const TO_BUILDER = [free('builder', 50n, 'school', 0)];
const BACK = [free('fund', 50n, 'school', 0)];
const SUMS = ['POCKET_SUMS', 'WALLET_SUMS'];

it('finds nothing wrong where nothing is', async () => {
  expect(await codesAfter(async () => undefined)).toEqual([]);
});

it('tells of a total in the registry that no block left', async () => {
  const set = (client: PoolClient) =>
    client.query("UPDATE entry SET state = $1 WHERE kind = 'agreement'", [encodeUse(UNUSED)]);
  expect(await codesAfter(set)).toEqual(['ENTRY_DIFFERS']);
});

it.each([
  ['a total that is set back', writing('agreement', 'A1', () => ({ state: encodeUse(UNUSED) })), []],
  [
    'what is held for an event that is less at once',
    writing('event', 'act-2', (entry) => ({ state: encodeState({ ...stateOf(entry), heldFor: [49n] }) })),
    [],
  ],
  ['a payment that takes nothing off', spending(async () => []), SUMS],
  ['a payment that leaves the total as it was', spending(async (client) => [await agreement(client)]), SUMS],
  [
    'a release of held money that the agreement still has held',
    ending('settle', TO_BUILDER, async (client) => [await eventLeft(client, 'settled')]),
    SUMS,
  ],
  [
    'a release that the agreement gets back',
    ending('settle', TO_BUILDER, async (client) => [
      ...[await eventLeft(client, 'settled'), await usedTo(client, { heldMinor: 0n })],
    ]),
    SUMS,
  ],
  [
    'a return that the agreement does not get back',
    ending('release', BACK, async (client) => [await eventLeft(client, 'refused')]),
    SUMS,
  ],
  [
    'a return that the agreement gets back twice',
    ending('release', BACK, async (client) => [
      ...[await eventLeft(client, 'refused'), await usedTo(client, { heldMinor: 0n, transferredMinor: 0n })],
    ]),
    SUMS,
  ],
  ['a payment of an invoice that takes nothing off', payingInvoice, SUMS],
] as const)('tells of %s, though ledger, notary and oracle forged it together', async (_what, tamper, more) => {
  expect(await codesAfter(tamper)).toEqual(['AGREEMENT_BROKEN', ...more].sort());
});

it('has no objection to a release that is forged as it must be', async () => {
  const right = ending('settle', TO_BUILDER, async (client) => [
    ...[await eventLeft(client, 'settled'), await usedTo(client, { heldMinor: 0n, transferredMinor: 95n })],
  ]);
  // Only the sums of the tables, which it did not change, tell of it.
  expect(await codesAfter(right)).toEqual(SUMS);
});

it('tells of money under an agreement that is ordinary when it is released', async () => {
  const cleared = ending('settle', [free('builder', 50n)], async (client) => [
    ...[await eventLeft(client, 'settled'), await usedTo(client, { heldMinor: 0n, transferredMinor: 95n })],
  ]);
  expect(await codesAfter(cleared)).toEqual(['MARK_BROKEN', 'WALLET_SUMS']);
});

/**
 * A ledger of any number of transactions: a project with agreements, and everybody's payments. Its blocks are formed by the
 * ledger's own rules on a state kept in memory, and stand in the tables as real ones do; nobody signed them.
 */
import type { Bic, LedgerCode, WalletId } from '../../src/kernel/ids.js';
import { merkleTreeOfHashes } from '../../src/kernel/merkle.js';
import { invariant } from '../../src/kernel/result.js';
import { formBlock } from '../../src/ledger/block.js';
import { decodeTransaction, headerHash, tokenIdOf } from '../../src/ledger/canonical.js';
import { type BlockView, entryKey, type LedgerHead, pocketKey } from '../../src/ledger/model.js';
import type { LedgerStore, StatementCursor } from '../../src/ledger/store.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import { createDice } from './dice.js';

export const PROJECT = 'project';
export const AGREEMENT = 'agreement-7';

const IDENTITY = { code: 'KZ' as LedgerCode, currency: 'KZT' };
const CONTEXT = { ...IDENTITY, accountKey: new Uint8Array(32).fill(9) };
const NOBODY = new Uint8Array(64);
const START = 1_800_000_000_000;
const TREASURY = 'TRSYKZ20' as Bic;
const STATE = 'state' as WalletId;
const AGREEMENTS = 100;
const CUSTOMERS = 5_000;
const BATCH = 500;
const ENOUGH_MINOR = 1_000_000_000n;
const customer = (n: number) => `customer-${n}` as WalletId;
const builder = (n: number) => `builder-${n}` as WalletId;

/** What was written, and tokens whose trees are worth a look. */
export interface ProjectLedger {
  readonly transactions: number;
  readonly blocks: number;
  /** A place in the middle of the chain. */
  readonly middle: StatementCursor;
  /** Change of the last payment of the project: behind it are all payments of the project. */
  readonly deepToken: Uint8Array;
  /** Of the last payment between customers: behind it is nearly everything. */
  readonly widestToken: Uint8Array;
  /** The first that was issued to a customer. */
  readonly firstToken: Uint8Array;
}

const issue = (creditWallet: WalletId): LedgerCommand => ({
  ...{ kind: 'issue', reference: `issue-${creditWallet}`, creditWallet, amountMinor: ENOUGH_MINOR },
});

function setup(): LedgerCommand[][] {
  const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
  const wallets = [STATE, ...numbers(AGREEMENTS).map(builder), ...numbers(CUSTOMERS).map(customer)];
  const mark = { by: TREASURY, markId: PROJECT };
  return [
    wallets.map((walletId) => ({ kind: 'openWallet', wallet: { walletId, kind: 'customer', ownerBic: TREASURY } })),
    [issue(STATE), ...numbers(CUSTOMERS).map((n) => issue(customer(n)))],
    [{ kind: 'registerMark', ...mark, rule: { by: 'agreement' }, crossBorder: false, arrivals: [] }],
    [
      { kind: 'mark', ...mark, reference: 'mark', walletId: STATE, amountMinor: ENOUGH_MINOR },
      ...numbers(AGREEMENTS).map(
        (n): LedgerCommand => ({
          ...{ kind: 'registerAgreement', ...mark, agreementId: `agreement-${n}`, payer: STATE, payee: builder(n) },
          ...{ transferMaxMinor: ENOUGH_MINOR, withdrawalMaxMinor: 0n, expiresAt: 4_000_000_000_000 },
        }),
      ),
    ],
  ];
}

/** Forms and commits block after block, remembering all that the next one may need. */
async function openBlocks(store: LedgerStore) {
  let head: LedgerHead = await store.open(IDENTITY, 1n);
  const view: Omit<BlockView, 'head'> = {
    ...{ wallets: new Map(), soleWallets: new Map(), awaited: new Set(), accounts: new Map(), references: new Map() },
    ...{ holds: new Map(), heldTokens: new Map(), pockets: new Map(), entries: new Map() },
    ...{ tokens: new Map(), cursors: new Map() },
  };
  const apply = async (commands: readonly LedgerCommand[]): Promise<readonly (Uint8Array | null)[]> => {
    const time = START + Number(head.sequence);
    const { outcomes, mutations, freeTokens } = formBlock(CONTEXT, { ...view, head }, commands, time);
    const ids = mutations.transactions.map(({ transactionId }) => transactionId);
    const sequence = head.sequence + 1n;
    const header = {
      ...{ sequence, previousHash: head.hash, merkleRoot: merkleTreeOfHashes(ids).root, time },
      ...{ transactionCount: ids.length, epoch: head.epoch },
    };
    const block = { header, hash: headerHash(IDENTITY, header), signature: NOBODY, confirmation: null };
    await store.commitBlock({ previous: head, block, mutations });
    const { issuedMinor, redeemedMinor } = mutations;
    head = { sequence, hash: block.hash, epoch: head.epoch, issuedMinor, redeemedMinor };
    for (const row of [...mutations.walletsOpened, ...mutations.wallets]) view.wallets.set(row.walletId, row);
    for (const entry of mutations.entries) view.entries.set(entryKey(entry.kind, entry.entryId), entry);
    for (const [pocket, tokens] of freeTokens) view.tokens.set(pocket, [...tokens]);
    for (const change of mutations.pockets) {
      const before = view.pockets.get(pocketKey(change)) ?? { ...change, amountMinor: 0n, tokenCount: 0 };
      const [amountMinor, tokenCount] = [
        before.amountMinor + change.amountMinor,
        before.tokenCount + change.tokenCount,
      ];
      view.pockets.set(pocketKey(change), { ...before, amountMinor, tokenCount });
    }
    return outcomes.map((outcome) => {
      invariant(outcome.ok, 'every command of the load is carried out');
      return outcome.value.transactionId;
    });
  };
  return { apply, available: (walletId: WalletId): bigint => view.wallets.get(walletId)!.availableMinor };
}

/** Fills an empty store. Three of ten transactions are payments of the project. */
export async function fillWithProject(
  store: LedgerStore,
  transactions: number,
  progress: (done: number) => void,
): Promise<ProjectLedger> {
  const { apply, available } = await openBlocks(store);
  let issued: readonly (Uint8Array | null)[] = [];
  let count = 0;
  for (const commands of setup()) {
    const ids = await apply(commands);
    count += ids.length;
    if (commands[0]!.kind === 'issue') issued = ids;
  }
  const dice = createDice(1);
  let payer = 0;
  /** Three quarters of what somebody has, everybody in turn: money of all comes together and parts again. */
  const transfer = (): LedgerCommand => {
    const from = payer++ % CUSTOMERS;
    const to = (from + 1 + dice.below(CUSTOMERS - 1)) % CUSTOMERS;
    const wallets = { debitWallet: customer(from), creditWallet: customer(to) };
    const amountMinor = (available(customer(from)) * 3n) / 4n + 1n;
    return { kind: 'transfer', reference: dice.uuid(), ...wallets, amountMinor };
  };
  const spend = (): LedgerCommand => {
    const n = dice.below(AGREEMENTS);
    const said = { markId: PROJECT, markLevel: 0, agreementId: `agreement-${n}`, amountMinor: 1n };
    return { kind: 'spend', reference: dice.uuid(), debitWallet: STATE, creditWallet: builder(n), ...said };
  };
  const last = { spend: null as Uint8Array | null | undefined, transfer: null as Uint8Array | null | undefined };
  for (let batch = 0; count < transactions; batch += 1) {
    const kind = batch % 10 < 3 ? 'spend' : 'transfer';
    const ids = await apply(Array.from({ length: BATCH }, kind === 'spend' ? spend : transfer));
    last[kind] = ids.at(-1);
    count += ids.length;
    if (batch % 200 === 199) progress(count);
  }
  const { sequence } = await store.head();
  // The first is the state's, whose money is the project's.
  const [, first] = issued;
  invariant(first && last.spend && last.transfer, 'payments were made');
  return {
    transactions: count,
    blocks: Number(sequence),
    middle: { blockSequence: sequence / 2n, position: 0 },
    deepToken: await outputOf(store, last.spend, STATE),
    widestToken: tokenIdOf(last.transfer, 0),
    firstToken: tokenIdOf(first, 0),
  };
}

async function outputOf(store: LedgerStore, transactionId: Uint8Array, walletId: WalletId): Promise<Uint8Array> {
  const transaction = await store.transaction(transactionId);
  const output =
    transaction && decodeTransaction(transaction.body).outputs.find((token) => token.walletId === walletId);
  invariant(output, 'the payment left change');
  return output.tokenId;
}

import { equalBytes } from '../kernel/hash.js';
import type { Bic, WalletId } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import { receivedMinor } from './canonical.js';
import { NO_HASH } from './chain.js';
import { awaitedBy } from './domestic/event.js';
import {
  type AccountRow,
  accountKey,
  type BlockMutations,
  type CommittedBlock,
  type Entry,
  entryKey,
  isReferenced,
  type LedgerHead,
  type LedgerIdentity,
  type LedgerTransaction,
  type MadeToken,
  type PocketRow,
  pocketKey,
  SOLE_KINDS,
  type StoredView,
  soleWalletKey,
  type Token,
  type TopicRow,
  type WalletRow,
} from './model.js';
import {
  LedgerFencedError,
  type LedgerStore,
  type LedgerSums,
  type StatementCursor,
  type StatementEntry,
  type TokenPage,
  type ViewRequest,
} from './store.js';
import { treeReads } from './tree.memory.js';
import type { Hold } from './types.js';
import { byAmountDescending, paidBy, walletsOfHold, walletTopic } from './working.js';

/** The state of a ledger in maps: for tests, simulations and the model that PostgreSQL is compared with. */
interface State {
  ledger: LedgerIdentity | null;
  head: LedgerHead;
  readonly wallets: Map<WalletId, WalletRow>;
  readonly accounts: Map<string, AccountRow>;
  readonly holds: Map<string, Hold>;
  readonly tokens: Map<string, MadeToken>;
  readonly pockets: Map<string, PocketRow>;
  readonly entries: Map<string, Entry>;
  readonly topics: TopicRow[];
  readonly blocks: CommittedBlock[];
  /** Of each block, in order. */
  readonly supplies: Pick<LedgerHead, 'issuedMinor' | 'redeemedMinor'>[];
  readonly transactions: LedgerTransaction[];
}

const address = (token: { madeIn: bigint; madeAt: number }): string => `${token.madeIn}/${token.madeAt}`;
const isFree = (token: MadeToken): boolean => token.spentAt === null && token.conditionRef === null;
const isSettlementOf = (ownerBic: Bic) => (row: WalletRow) => row.kind === 'settlement' && row.ownerBic === ownerBic;
const present = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const total = (values: Iterable<bigint>): bigint => [...values].reduce((sum, value) => sum + value, 0n);

/** A store that lives as long as the process. Several writers may open it; the last one fences the others. */
export function createMemoryStore(): LedgerStore {
  const state: State = {
    ledger: null,
    head: { sequence: 0n, hash: NO_HASH, epoch: 0n, issuedMinor: 0n, redeemedMinor: 0n },
    wallets: new Map(),
    accounts: new Map(),
    holds: new Map(),
    tokens: new Map(),
    pockets: new Map(),
    entries: new Map(),
    topics: [],
    blocks: [],
    supplies: [],
    transactions: [],
  };
  return {
    async open(ledger, epochLeast) {
      const known = state.ledger ?? ledger;
      invariant(known.code === ledger.code && known.currency === ledger.currency, 'the store is of this ledger');
      state.ledger = known;
      const next = state.head.epoch + 1n;
      state.head = { ...state.head, epoch: next > epochLeast ? next : epochLeast };
      return state.head;
    },
    head: async () => state.head,
    loadView: async (request) => loadView(state, request),
    loadTokens: async (pages) => pages.flatMap((page) => tokenPage(state, page)),
    async commitBlock({ previous, block, mutations }) {
      const { epoch, sequence, hash } = state.head;
      const fits = epoch === previous.epoch && sequence === previous.sequence && equalBytes(hash, previous.hash);
      if (!fits) throw new LedgerFencedError('the head of the ledger is not the one this block was formed on');
      commit(state, block, mutations);
    },
    async unspentTokens(after, limit) {
      const follows = (token: MadeToken) =>
        !after || token.madeIn > after.madeIn || (token.madeIn === after.madeIn && token.madeAt > after.madeAt);
      const unspent = [...state.tokens.values()].filter((token) => token.spentAt === null && follows(token));
      const page = unspent.slice(0, limit);
      return { tokenIds: page.map((token) => token.tokenId), last: page.at(-1) ?? null };
    },
    ...registerReads(state),
    ...entryReads(state),
    ...historyReads(state),
    ...treeReads(state),
  };
}

function commit(state: State, block: CommittedBlock, mutations: BlockMutations): void {
  for (const row of [...mutations.walletsOpened, ...mutations.wallets]) state.wallets.set(row.walletId, row);
  for (const row of mutations.accounts) state.accounts.set(accountKey(row.agentBic, row.accountMac), row);
  const { holdsPlaced, holdsReplaced, holdsEnded } = mutations;
  for (const { hold } of [...holdsPlaced, ...holdsReplaced, ...holdsEnded]) state.holds.set(hold.conditionRef, hold);
  for (const spent of mutations.tokensSpent) {
    const token = state.tokens.get(address(spent));
    invariant(token?.spentAt === null, 'a spent token was unspent');
    state.tokens.set(address(spent), { ...token, spentAt: spent.spentAt });
  }
  for (const token of mutations.tokensMade) state.tokens.set(address(token), token);
  for (const change of mutations.pockets) {
    const key = pocketKey(change);
    const before = state.pockets.get(key) ?? { ...change, amountMinor: 0n, tokenCount: 0 };
    const amountMinor = before.amountMinor + change.amountMinor;
    const tokenCount = before.tokenCount + change.tokenCount;
    invariant(amountMinor >= 0n && tokenCount >= 0, 'a pocket has what is taken from it');
    state.pockets.set(key, { ...before, amountMinor, tokenCount });
  }
  for (const entry of mutations.entries) state.entries.set(entryKey(entry.kind, entry.entryId), entry);
  state.topics.push(...mutations.topics);
  state.transactions.push(...mutations.transactions);
  state.blocks.push(block);
  const { issuedMinor, redeemedMinor } = mutations;
  state.supplies.push({ issuedMinor, redeemedMinor });
  const { sequence, epoch } = block.header;
  state.head = { sequence, hash: block.hash, epoch, issuedMinor, redeemedMinor };
}

function tokenPage(state: State, page: TokenPage): Token[] {
  const key = pocketKey(page);
  const free = [...state.tokens.values()].filter((token) => isFree(token) && pocketKey(token) === key);
  const sorted = free.sort(byAmountDescending);
  if (page.from === 'smallest') return sorted.reverse().slice(0, page.limit);
  const { after } = page;
  const follows = (token: Token) => !after || byAmountDescending({ ...token, ...after }, token) < 0;
  return sorted.filter(follows).slice(0, page.limit);
}

function loadView(state: State, request: ViewRequest): StoredView {
  const holds = present(request.conditionRefs.map((ref) => state.holds.get(ref)));
  const ofHolds = holds.flatMap(walletsOfHold);
  const wallets = present([...request.walletIds, ...ofHolds].map((id) => state.wallets.get(id)));
  const sole = [...state.wallets.values()].filter(
    (row) => SOLE_KINDS.includes(row.kind) && request.institutions.includes(row.ownerBic),
  );
  const isAwaited = (walletId: WalletId) =>
    [...state.holds.values()].some((hold) => hold.state === 'HELD' && paidBy(hold).includes(walletId)) ||
    [...state.entries.values()].some((entry) => entry.kind === 'event' && awaitedBy(entry).includes(walletId));
  const accounts = request.accounts.map((row) => accountKey(row.agentBic, row.accountMac));
  const references = state.transactions.filter(
    ({ kind, reference }) => isReferenced(kind) && reference !== null && request.references.includes(reference),
  );
  const heldTokens = new Map(
    holds
      .filter((hold) => hold.state === 'HELD')
      .map(({ conditionRef: ref }) => {
        const tokens = [...state.tokens.values()];
        return [ref, tokens.filter((token) => token.spentAt === null && token.conditionRef === ref)] as const;
      }),
  );
  return {
    wallets: new Map(wallets.map((row) => [row.walletId, row])),
    soleWallets: new Map(sole.map((row) => [soleWalletKey(row), row.walletId])),
    awaited: new Set(request.closing.filter(isAwaited)),
    accounts: new Map(present(accounts.map((key) => state.accounts.get(key))).map((row) => keyed(row))),
    references: new Map(references.map((transaction) => [transaction.reference!, transaction])),
    holds: new Map(holds.map((hold) => [hold.conditionRef, hold])),
    heldTokens,
    pockets: new Map(
      present(request.pockets.map((pocket) => state.pockets.get(pocketKey(pocket)))).map((row) => [
        pocketKey(row),
        row,
      ]),
    ),
    entries: new Map(
      present(request.entries.map(({ kind, entryId }) => state.entries.get(entryKey(kind, entryId)))).map((entry) => [
        entryKey(entry.kind, entry.entryId),
        entry,
      ]),
    ),
  };
}

const keyed = (row: AccountRow): [string, WalletId] => [accountKey(row.agentBic, row.accountMac), row.walletId];

function registerReads(state: State) {
  return {
    wallets: async (walletIds) => present(walletIds.map((id) => state.wallets.get(id))),
    walletsOf: async (ownerBic, after, limit) =>
      [...state.wallets.values()]
        .filter((row) => row.ownerBic === ownerBic && (after === null || row.walletId > after))
        .sort((a, b) => byText(a.walletId, b.walletId))
        .slice(0, limit),
    settlementWallet: async (ownerBic) => [...state.wallets.values()].find(isSettlementOf(ownerBic)) ?? null,
    accounts: async (keys) =>
      present(keys.map((key) => state.accounts.get(accountKey(key.agentBic, key.accountMac)))).map(
        ({ agentBic, accountMac, walletId }) => ({ agentBic, accountMac, wallet: state.wallets.get(walletId)! }),
      ),
    holds: async (conditionRefs) => present(conditionRefs.map((ref) => state.holds.get(ref))),
    openHolds: async (kind, after, limit) =>
      [...state.holds.values()]
        .filter((hold) => hold.state === 'HELD' && hold.conditionKind === kind)
        .filter((hold) => after === null || byHeldAt(hold, after) > 0)
        .sort(byHeldAt)
        .slice(0, limit),
  } satisfies Partial<LedgerStore>;
}

function entryReads(state: State) {
  const entries = () => [...state.entries.values()].sort((a, b) => byText(a.entryId, b.entryId));
  const pockets = (isWanted: (row: PocketRow) => boolean) =>
    [...state.pockets.values()].filter((row) => row.amountMinor > 0n && isWanted(row));
  return {
    entries: async (names) => present(names.map(({ kind, entryId }) => state.entries.get(entryKey(kind, entryId)))),
    entriesOf: async (kind, ownerBic, after, limit) =>
      entries()
        .filter((entry) => entry.kind === kind && (ownerBic === null || entry.ownerBic === ownerBic))
        .filter((entry) => after === null || entry.entryId > after)
        .slice(0, limit),
    dueEntries: async (kind, now, limit) =>
      entries()
        .filter((entry) => entry.kind === kind && entry.open && entry.dueAt !== null && entry.dueAt <= now)
        .sort((a, b) => a.dueAt! - b.dueAt! || byText(a.entryId, b.entryId))
        .slice(0, limit),
    pocketsOf: async (walletId, after, limit) =>
      pockets((row) => row.walletId === walletId)
        .sort((a, b) => byText(a.markId, b.markId) || a.markLevel - b.markLevel)
        .filter((row) => after === null || (byText(row.markId, after.markId) || row.markLevel - after.markLevel) > 0)
        .slice(0, limit),
    pocketsOfMark: async (markId, after, limit) =>
      pockets((row) => row.markId === markId)
        .sort((a, b) => byText(a.walletId, b.walletId) || a.markLevel - b.markLevel)
        .filter(
          (row) => after === null || (byText(row.walletId, after.walletId) || row.markLevel - after.markLevel) > 0,
        )
        .slice(0, limit),
    topic: async (topic, after, limit) =>
      state.topics
        .filter((row) => row.topic === topic)
        .filter((row) => after === null || isAfter(row, after))
        .slice(0, limit)
        .map(({ blockSequence, position }) => ({
          blockSequence,
          position,
          time: state.blocks[Number(blockSequence) - 1]!.header.time,
          transaction: state.transactions.find(
            (row) => row.blockSequence === blockSequence && row.position === position,
          )!,
        })),
  } satisfies Partial<LedgerStore>;
}

const isAfter = (row: StatementCursor, after: StatementCursor): boolean =>
  row.blockSequence > after.blockSequence ||
  (row.blockSequence === after.blockSequence && row.position > after.position);

type HoldPlace = Pick<Hold, 'heldAt' | 'conditionRef'>;
const byHeldAt = (a: HoldPlace, b: HoldPlace): number => a.heldAt - b.heldAt || byText(a.conditionRef, b.conditionRef);

function historyReads(state: State) {
  return {
    statement: async (walletId, before, limit) =>
      state.transactions
        .filter((row) => row.posted && (row.debitWallet === walletId || isPaid(state, row, walletId)))
        .filter(({ blockSequence: sequence, position }) =>
          before === null
            ? true
            : sequence < before.blockSequence || (sequence === before.blockSequence && position < before.position),
        )
        .reverse()
        .slice(0, limit)
        .map((row) => entryOf(state, row, walletId)),
    supplyAt: async (sequence) => state.supplies[Number(sequence) - 1] ?? null,
    block: async (sequence) => state.blocks[Number(sequence) - 1] ?? null,
    blocks: async (from, limit) => state.blocks.slice(Number(from) - 1, Number(from) - 1 + limit),
    blockTransactions: async (sequence) => state.transactions.filter((row) => row.blockSequence === sequence),
    transaction: async (transactionId) =>
      state.transactions.find((row) => Buffer.compare(row.transactionId, transactionId) === 0) ?? null,
    sums: async () => sumsOf(state),
  } satisfies Partial<LedgerStore>;
}

function isPaid(state: State, { blockSequence, position, creditWallet }: LedgerTransaction, walletId: WalletId) {
  const topic = walletTopic(walletId);
  const isHere = (row: TopicRow) => row.blockSequence === blockSequence && row.position === position;
  return creditWallet === walletId || state.topics.some((row) => row.topic === topic && isHere(row));
}

function entryOf(state: State, row: LedgerTransaction, walletId: WalletId): StatementEntry {
  const direction = row.debitWallet === walletId ? 'debit' : 'credit';
  const { blockSequence, position, transactionId, kind, reference } = row;
  const isOneOfSeveral = direction === 'credit' && row.creditWallet === null;
  const amountMinor = isOneOfSeveral ? receivedMinor(row.body, walletId) : row.amountMinor;
  return {
    blockSequence,
    position,
    transactionId,
    kind,
    amountMinor,
    reference,
    direction,
    time: state.blocks[Number(blockSequence) - 1]!.header.time,
    counterparty: direction === 'debit' ? row.creditWallet : row.debitWallet,
  };
}

/** Pockets of marked money that differ from their tokens, whichever of the two has more. */
function pocketMismatches(state: State, unspent: readonly MadeToken[]): number {
  const own = new Map<string, PocketRow>();
  for (const token of unspent) {
    const { walletId, markId, markLevel } = token;
    if (!isFree(token) || markId === null || markLevel === null) continue;
    const before = own.get(pocketKey(token)) ?? { walletId, markId, markLevel, amountMinor: 0n, tokenCount: 0 };
    const amountMinor = before.amountMinor + token.amountMinor;
    own.set(pocketKey(token), { ...before, amountMinor, tokenCount: before.tokenCount + 1 });
  }
  const keys = new Set([...own.keys(), ...state.pockets.keys()]);
  return [...keys].filter((key) => {
    const [tokens, kept] = [own.get(key), state.pockets.get(key)];
    return (
      (tokens?.amountMinor ?? 0n) !== (kept?.amountMinor ?? 0n) || (tokens?.tokenCount ?? 0) !== (kept?.tokenCount ?? 0)
    );
  }).length;
}

function sumsOf(state: State): LedgerSums {
  const unspent = [...state.tokens.values()].filter((token) => token.spentAt === null);
  const held = unspent.filter((token) => token.conditionRef !== null);
  const wallets = [...state.wallets.values()];
  const openHolds = [...state.holds.values()].filter((hold) => hold.state === 'HELD');
  const sum = (tokens: readonly Token[]) => total(tokens.map((token) => token.amountMinor));
  const differs = (row: WalletRow): boolean => {
    const own = unspent.filter((token) => token.walletId === row.walletId);
    const free = own.filter((token) => isFree(token) && token.markId === null);
    return (
      sum(free) !== row.availableMinor ||
      free.length !== row.tokenCount ||
      sum(own.filter((token) => token.conditionRef !== null)) !== row.heldMinor ||
      sum(own) !== row.availableMinor + row.heldMinor + row.markedMinor
    );
  };
  return {
    unspentMinor: sum(unspent),
    heldMinor: sum(held),
    openHoldMinor: total(openHolds.map((hold) => hold.amountMinor)),
    walletMinor: total(wallets.map((row) => row.availableMinor + row.heldMinor + row.markedMinor)),
    walletHeldMinor: total(wallets.map((row) => row.heldMinor)),
    walletMismatchCount: wallets.filter(differs).length,
    pocketMismatchCount: pocketMismatches(state, unspent),
  };
}

import type { WalletId } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import { encodeTransaction, type TransactionContent, tokenIdOf, transactionIdOf } from './canonical.js';
import { agreementOf, agreementsTopic } from './domestic/agreement.js';
import { awaitedBy } from './domestic/event.js';
import {
  type AccountRow,
  type BlockMutations,
  type BlockView,
  type Entry,
  type EntryKind,
  entryKey,
  type HoldChange,
  isReferenced,
  type LedgerIdentity,
  type LedgerTransaction,
  type MadeToken,
  type NewTransaction,
  type NotarialTransaction,
  type Pocket,
  type PocketRow,
  pocketKey,
  SOLE_KINDS,
  type SpentToken,
  soleWalletKey,
  type Token,
  type TokenCursor,
  type TokenDraft,
  type TopicRow,
  type WalletRow,
} from './model.js';
import type { Hold, MarkPlace, Wallet } from './types.js';

/** What a block's state looks like while commands are applied to it, one after another. The view stays untouched. */
export interface WorkingState {
  readonly ledger: LedgerIdentity;
  /** Block time, milliseconds. */
  readonly now: number;
  /** Sequence of the block being formed. */
  readonly sequence: bigint;
  wallet(walletId: WalletId): WalletRow | undefined;
  /** The wallet that the owner has of a kind of which there is one at most. */
  soleWallet(wallet: Pick<WalletRow, 'kind' | 'ownerBic'>): WalletId | undefined;
  /** Whether held money is on its way to a wallet about to close. */
  isAwaited(walletId: WalletId): boolean;
  account(key: string): WalletId | undefined;
  reference(text: string): LedgerTransaction | undefined;
  hold(conditionRef: string): Hold | undefined;
  heldTokens(conditionRef: string): readonly Token[];
  supplyMinor(): bigint;
  putWallet(wallet: WalletRow): void;
  putAccount(key: string, account: AccountRow): void;
  /** `position` is that of the transaction that placed it; the token is what it holds. A hold that has ended is a tombstone. */
  placeHold(hold: Hold, token: Token | null, position: number): void;
  endHold(hold: Hold, position: number): void;
  /** Minor units in a pocket: what `take` may take of it. A pocket of marked money must be in the view. */
  inPocket(pocket: Pocket): bigint;
  /** Free tokens that cover the amount, largest first. The pocket must have it. */
  take(pocket: Pocket, amountMinor: bigint): Token[];
  /** Two or more, at most `countMax`, of the smallest free tokens of a pocket that are loaded; else none. */
  takeSmallest(pocket: Pocket, countMax: number): Token[];
  entry(kind: EntryKind, entryId: string): Entry | undefined;
  /** Adds a transaction: spends its inputs, makes its outputs, answers it and the tokens made. */
  post(draft: TransactionDraft): { transaction: LedgerTransaction; made: Token[] };
}

/** What of the state the rules of marks and agreements are judged by. */
export interface RuleView extends Pick<WorkingState, 'now' | 'entry'> {
  wallet(walletId: WalletId): Wallet | undefined;
}

export type TransactionDraft = Omit<TransactionContent, 'entries'> &
  Pick<NewTransaction, 'posted' | 'data' | 'evidence'> & {
    /** Entries as this transaction leaves them; none when absent. */
    readonly entries?: readonly Entry[];
    /** Of a hold whose money is to come to be under a mark, and of its release. */
    readonly creditMark?: MarkPlace | null;
  };

/** The state and what came of it; `shortages` non-empty means the view held too few tokens and nothing counts. */
export interface WorkingBlock {
  readonly state: WorkingState;
  readonly shortages: ReadonlyMap<string, Shortage>;
  mutations(): BlockMutations;
  notarial(): NotarialTransaction[];
  /** Free tokens that are left, by pocket touched, largest first. */
  freeTokens(): ReadonlyMap<string, readonly Token[]>;
}

/** Minor units of a pocket whose tokens the view lacks. */
export interface Shortage {
  readonly pocket: Pocket;
  readonly missingMinor: bigint;
}

const NO_TOKENS: readonly Token[] = [];
const NO_ENTRIES: readonly Entry[] = [];

const emptyPocket = ({ walletId, markId, markLevel }: TokenDraft): PocketRow => {
  invariant(markId !== null && markLevel !== null, 'marked money has a level');
  return { walletId, markId, markLevel, amountMinor: 0n, tokenCount: 0 };
};

/** A hold that pays several receivers names no payee: whoever gets something finds it by the topic of the wallet. */
const PAYS_SEVERAL: ReadonlySet<string> = new Set(['settle', 'draw']);
export const walletTopic = (walletId: WalletId): string => `wallet:${walletId}`;

/**
 * What a transaction is found by: the entries that it writes, the marks of money that it moves, holds for its payee or
 * does not give it after all, and the receivers of one that pays several.
 */
export function topicsOf(
  draft: Pick<TransactionDraft, 'kind' | 'debitWallet' | 'creditWallet' | 'outputs' | 'entries' | 'creditMark'> & {
    readonly inputs: readonly TokenDraft[];
  },
): Iterable<string> {
  const { inputs, outputs, entries = NO_ENTRIES, debitWallet, creditMark } = draft;
  const isMarked = (token: TokenDraft) => token.markId !== null;
  const paysSeveral = draft.creditWallet === null && PAYS_SEVERAL.has(draft.kind);
  if (!paysSeveral && entries.length === 0 && !creditMark && !inputs.some(isMarked) && !outputs.some(isMarked))
    return [];
  const topics = new Set(entries.map(({ kind, entryId }) => entryKey(kind, entryId)));
  if (draft.kind === 'register') for (const entry of entries) if (entry.kind === 'agreement') addProject(topics, entry);
  for (const { markId } of [...inputs, ...outputs]) if (markId !== null) topics.add(entryKey('mark', markId));
  if (creditMark) topics.add(entryKey('mark', creditMark.markId));
  if (paysSeveral) for (const { walletId } of outputs) if (walletId !== debitWallet) topics.add(walletTopic(walletId));
  return topics;
}

/** Wallets that a hold's money is on its way to. */
export const paidBy = ({ creditWallet, charge }: Pick<Hold, 'creditWallet' | 'charge'>): readonly WalletId[] => [
  ...(creditWallet === null ? [] : [creditWallet]),
  ...(charge === null ? [] : [charge.walletId]),
];

/** Wallets that a hold's end may touch. */
export const walletsOfHold = (hold: Pick<Hold, 'debitWallet' | 'creditWallet' | 'charge'>): readonly WalletId[] => [
  ...(hold.debitWallet === null ? [] : [hold.debitWallet]),
  ...paidBy(hold),
];

/** An agreement is registered under a mark, which is the project that it belongs to. */
function addProject(topics: Set<string>, agreement: Entry): void {
  const { markId } = agreementOf(agreement);
  topics.add(entryKey('mark', markId)).add(agreementsTopic(markId));
}

/** Largest first, among equal ones the newest first, as the store's index has them. */
export function byAmountDescending(a: TokenCursor, b: TokenCursor): number {
  if (a.amountMinor !== b.amountMinor) return a.amountMinor > b.amountMinor ? -1 : 1;
  if (a.madeIn !== b.madeIn) return a.madeIn > b.madeIn ? -1 : 1;
  return b.madeAt - a.madeAt;
}

/** Free tokens by pocket, sorted, with insertion and removal at both ends. */
function tokenPool(view: BlockView, shortages: Map<string, Shortage>, virtual: (p: Pocket, minor: bigint) => Token) {
  const pools = new Map<string, Token[]>();
  const of = (key: string): Token[] => {
    let pool = pools.get(key);
    if (!pool) {
      pool = [...(view.tokens.get(key) ?? [])].sort(byAmountDescending);
      pools.set(key, pool);
    }
    return pool;
  };
  return {
    pools,
    add(token: Token): void {
      const pool = of(pocketKey(token));
      let low = 0;
      let high = pool.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (byAmountDescending(pool[middle]!, token) <= 0) low = middle + 1;
        else high = middle;
      }
      pool.splice(low, 0, token);
    },
    take(pocket: Pocket, amountMinor: bigint): Token[] {
      const key = pocketKey(pocket);
      const pool = of(key);
      let count = 0;
      let sum = 0n;
      while (count < pool.length && sum < amountMinor) sum += pool[count++]!.amountMinor;
      const taken = pool.splice(0, count);
      if (sum < amountMinor) {
        // The sums say the money is there, only its tokens are not loaded: go on with a stand-in and ask for them.
        const missingMinor = (shortages.get(key)?.missingMinor ?? 0n) + amountMinor - sum;
        shortages.set(key, { pocket, missingMinor });
        taken.push(virtual(pocket, amountMinor - sum));
      }
      return taken;
    },
    takeSmallest(pocket: Pocket, countMax: number): Token[] {
      const pool = of(pocketKey(pocket));
      return pool.length < 2 ? [] : pool.splice(Math.max(0, pool.length - countMax));
    },
  };
}

const isFree = (token: TokenDraft): boolean => token.conditionRef === null;

/** The wallet's sums after one of its tokens came (`sign` 1) or went (-1). */
function withToken(wallet: WalletRow, token: TokenDraft, sign: 1 | -1): WalletRow {
  const change = sign === 1 ? token.amountMinor : -token.amountMinor;
  if (token.conditionRef !== null) return { ...wallet, heldMinor: wallet.heldMinor + change };
  if (token.markId !== null) return { ...wallet, markedMinor: wallet.markedMinor + change };
  return { ...wallet, availableMinor: wallet.availableMinor + change, tokenCount: wallet.tokenCount + sign };
}

/** What a transaction adds to the supply; negative for what it takes out of it. */
export const suppliedMinor = ({ kind, amountMinor }: Pick<TransactionDraft, 'kind' | 'amountMinor'>): bigint =>
  kind === 'issue' ? amountMinor : kind === 'redeem' ? -amountMinor : 0n;

function assertConserved(draft: TransactionDraft): void {
  let sum = suppliedMinor(draft);
  for (const token of draft.inputs) sum += token.amountMinor;
  for (const token of draft.outputs) {
    invariant(token.amountMinor > 0n, 'a token has an amount above zero');
    sum -= token.amountMinor;
  }
  invariant(sum === 0n, 'outputs equal inputs and what is issued or redeemed');
}

/** Opens a working state on a view. */
export function createWorkingBlock(ledger: LedgerIdentity, view: BlockView, now: number): WorkingBlock {
  const sequence = view.head.sequence + 1n;
  const wallets = new Map<WalletId, WalletRow>();
  const soleWallets = new Map<string, WalletId>();
  const accounts = new Map<string, AccountRow>();
  const references = new Map<string, LedgerTransaction>();
  const placed = new Map<string, HoldChange>();
  const ended = new Map<string, HoldChange>();
  const heldTokens = new Map<string, readonly Token[]>();
  const transactions: NewTransaction[] = [];
  const notarial: NotarialTransaction[] = [];
  const made: MadeToken[] = [];
  const spent: SpentToken[] = [];
  const spentKeys = new Set<string>();
  const shortages = new Map<string, Shortage>();
  const pockets = new Map<string, PocketRow>();
  const entries = new Map<string, Entry>();
  const topics: TopicRow[] = [];
  let { issuedMinor, redeemedMinor } = view.head;
  const standIn = ({ walletId, markId, markLevel }: Pocket, amountMinor: bigint): Token => ({
    tokenId: new Uint8Array(36),
    walletId,
    amountMinor,
    markId,
    markLevel,
    conditionRef: null,
    madeIn: -1n,
    madeAt: -1 - spentKeys.size,
  });
  const pool = tokenPool(view, shortages, standIn);
  const walletOf = (walletId: WalletId) => wallets.get(walletId) ?? view.wallets.get(walletId);

  const adjust = (token: TokenDraft, sign: 1 | -1): void => {
    const before = walletOf(token.walletId);
    invariant(before, 'a token belongs to a wallet');
    const after = withToken(before, token, sign);
    invariant(after.availableMinor >= 0n && after.heldMinor >= 0n && after.markedMinor >= 0n, 'no sum is negative');
    wallets.set(token.walletId, after);
    if (token.conditionRef === null && token.markId !== null) adjustPocket(token, sign);
  };
  /** The change alone: what is in a pocket is asked of the view only where it is spent. */
  const adjustPocket = (token: TokenDraft, sign: 1 | -1): void => {
    const key = pocketKey(token);
    const before = pockets.get(key) ?? emptyPocket(token);
    const amountMinor = before.amountMinor + (sign === 1 ? token.amountMinor : -token.amountMinor);
    pockets.set(key, { ...before, amountMinor, tokenCount: before.tokenCount + sign });
  };
  const inPocket = (pocket: Pocket): bigint => {
    if (pocket.markId === null) return walletOf(pocket.walletId)?.availableMinor ?? 0n;
    const key = pocketKey(pocket);
    return (view.pockets.get(key)?.amountMinor ?? 0n) + (pockets.get(key)?.amountMinor ?? 0n);
  };
  const spend = (token: Token, spentAt: number): void => {
    const key = `${token.madeIn}/${token.madeAt}`;
    invariant(!spentKeys.has(key), 'a token is spent once');
    spentKeys.add(key);
    adjust(token, -1);
    if (token.madeIn === sequence) made[token.madeAt] = { ...made[token.madeAt]!, spentAt };
    else spent.push({ madeIn: token.madeIn, madeAt: token.madeAt, spentAt });
  };
  const make = (draft: TokenDraft, index: number, madeBy: Uint8Array): Token => {
    const token: MadeToken = {
      tokenId: tokenIdOf(madeBy, index),
      walletId: draft.walletId,
      amountMinor: draft.amountMinor,
      markId: draft.markId,
      markLevel: draft.markLevel,
      conditionRef: draft.conditionRef,
      madeIn: sequence,
      madeAt: made.length,
      spentAt: null,
    };
    made.push(token);
    adjust(token, 1);
    if (isFree(token)) pool.add(token);
    return token;
  };

  const post = (draft: TransactionDraft) => {
    assertConserved(draft);
    const position = transactions.length;
    const body = encodeTransaction(ledger, { entries: NO_ENTRIES, ...draft }, sequence, position);
    const transactionId = transactionIdOf(body);
    const transaction: NewTransaction = {
      transactionId,
      blockSequence: sequence,
      position,
      madeFrom: made.length,
      kind: draft.kind,
      reference: draft.reference,
      debitWallet: draft.debitWallet,
      creditWallet: draft.creditWallet,
      amountMinor: draft.amountMinor,
      posted: draft.posted,
      body,
      data: draft.data,
      evidence: draft.evidence,
    };
    for (const token of draft.inputs) spend(token, position);
    const tokens = draft.outputs.map((output, index) => make(output, index, transactionId));
    for (const entry of draft.entries ?? NO_ENTRIES) entries.set(entryKey(entry.kind, entry.entryId), entry);
    for (const topic of topicsOf(draft)) topics.push({ topic, blockSequence: sequence, position });
    if (draft.kind === 'issue') issuedMinor += draft.amountMinor;
    if (draft.kind === 'redeem') redeemedMinor += draft.amountMinor;
    if (isReferenced(draft.kind)) references.set(draft.reference!, transaction);
    transactions.push(transaction);
    notarial.push({
      transactionId,
      spent: draft.inputs.map((token) => token.tokenId),
      made: tokens.map((token) => token.tokenId),
    });
    return { transaction, made: tokens };
  };

  const state: WorkingState = {
    ledger,
    now,
    sequence,
    wallet: walletOf,
    soleWallet: (wallet) => soleWallets.get(soleWalletKey(wallet)) ?? view.soleWallets.get(soleWalletKey(wallet)),
    isAwaited: (walletId) =>
      view.awaited.has(walletId) ||
      [...entries.values()].some((entry) => entry.kind === 'event' && awaitedBy(entry).includes(walletId)) ||
      [...placed.values()].some(({ hold }) => hold.state === 'HELD' && paidBy(hold).includes(walletId)),
    account: (key) => accounts.get(key)?.walletId ?? view.accounts.get(key),
    reference: (text) => references.get(text) ?? view.references.get(text),
    hold: (ref) => (ended.get(ref) ?? placed.get(ref))?.hold ?? view.holds.get(ref),
    heldTokens: (ref) => heldTokens.get(ref) ?? view.heldTokens.get(ref) ?? NO_TOKENS,
    supplyMinor: () => issuedMinor - redeemedMinor,
    putWallet: (wallet) => {
      wallets.set(wallet.walletId, wallet);
      if (SOLE_KINDS.includes(wallet.kind)) soleWallets.set(soleWalletKey(wallet), wallet.walletId);
    },
    putAccount: (key, account) => accounts.set(key, account),
    placeHold: (hold, token, position) => {
      ended.delete(hold.conditionRef);
      const endedAt = hold.state === 'HELD' ? null : position;
      placed.set(hold.conditionRef, { hold, placedAt: position, endedAt, token });
      heldTokens.set(hold.conditionRef, token ? [token] : NO_TOKENS);
    },
    endHold: (hold, position) => {
      const own = placed.get(hold.conditionRef);
      if (own) placed.set(hold.conditionRef, { ...own, hold, endedAt: position });
      else ended.set(hold.conditionRef, { hold, placedAt: null, endedAt: position, token: null });
      heldTokens.set(hold.conditionRef, NO_TOKENS);
    },
    entry: (kind, entryId) => entries.get(entryKey(kind, entryId)) ?? view.entries.get(entryKey(kind, entryId)),
    inPocket,
    take: pool.take,
    takeSmallest: pool.takeSmallest,
    post,
  };
  return {
    state,
    shortages,
    notarial: () => notarial,
    freeTokens: () => pool.pools,
    mutations: () => ({
      transactions,
      tokensMade: made,
      tokensSpent: spent,
      walletsOpened: [...wallets.values()].filter(({ walletId }) => !view.wallets.has(walletId)),
      wallets: [...wallets.values()].filter(({ walletId }) => view.wallets.has(walletId)),
      accounts: [...accounts.values()],
      pockets: [...pockets.values()].filter((row) => row.amountMinor !== 0n || row.tokenCount !== 0),
      entries: [...entries.values()],
      topics,
      holdsPlaced: [...placed.values()].filter(({ hold }) => !view.holds.has(hold.conditionRef)),
      holdsReplaced: [...placed.values()].filter(({ hold }) => view.holds.has(hold.conditionRef)),
      holdsEnded: [...ended.values()],
      issuedMinor,
      redeemedMinor,
    }),
  };
}

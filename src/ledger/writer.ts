import { createBatcher, QueueFullError } from '../kernel/batcher.js';
import type { Clock } from '../kernel/clock.js';
import { refusal } from '../kernel/errors.js';
import { equalBytes } from '../kernel/hash.js';
import { bicKey, type LedgerCode, type WalletId } from '../kernel/ids.js';
import { merkleTreeOfHashes } from '../kernel/merkle.js';
import { err } from '../kernel/result.js';
import { accountMac, type FormedBlock, type LedgerContext } from './block.js';
import { headerHash } from './canonical.js';
import {
  type ConsolidationPolicy,
  type ConsolidationWatch,
  consolidationWatch,
  DEFAULT_CONSOLIDATION,
} from './consolidation.js';
import { DOMESTIC_KINDS } from './domestic/commands.js';
import { crossing } from './domestic/crossing.js';
import { FormingError, formFunded, formSound, type OnBroken } from './form.js';
import { type Confirming, formConfirmed } from './form-confirmed.js';
import { accountKey, type BlockView, type EntryKind, entryKey, type LedgerHead, type WalletRow } from './model.js';
import { type Notary, NotaryRefusedError, type NotaryStart } from './notary.js';
import { NO_ORACLE, type Oracle } from './oracle.js';
import { type BlockCommit, CommitOutcomeUnknownError, LedgerFencedError, type LedgerStore } from './store.js';
import type { Balance, BlockPoint, CommandResult, Ledger, LedgerCommand } from './types.js';
import { commandFault } from './validate.js';
import { viewRequest } from './view-request.js';
import { createWorkingSet, isSameHead, type WorkingSet, type WorkingSetLimits } from './working-set.js';

/** The shell around the pure core: one fenced writer that forms, certifies and commits block after block. */
export interface LedgerWriter extends Ledger {
  /** Higher than that of every writer before. */
  readonly epoch: () => bigint;
  readonly counts: LedgerCounts;
  /** Resolves when nothing is queued or in flight any more, background consolidation included. */
  idle(): Promise<void>;
}

/** What the writer did since it started. */
export interface LedgerCounts {
  readonly blocks: number;
  readonly transactions: number;
  readonly commands: number;
  readonly tokensLoaded: number;
}

export interface LedgerOptions {
  readonly store: LedgerStore;
  /** Opens the notary on the state that the store has. */
  readonly notary: (start: NotaryStart) => Notary | Promise<Notary>;
  readonly clock: Clock;
  readonly code: LedgerCode;
  readonly currency: string;
  /** Secret key of the account register. */
  readonly accountKey: Uint8Array;
  readonly openBlock?: LedgerContext['openBlock'];
  readonly batchMax?: number;
  readonly queueMax?: number;
  /** null: no background consolidation. */
  readonly consolidation?: ConsolidationPolicy | null;
  readonly workingSet?: WorkingSetLimits;
  /** Confirms what moves marked or conditionally held money; without one none moves. */
  readonly oracle?: Oracle;
  /** Told why the oracle has not confirmed a block; what rests on it was refused with `UNAVAILABLE`. */
  readonly onUnconfirmed?: Confirming['onUnconfirmed'];
  /** Told of a command that was refused with `LEDGER_INCONSISTENT`. */
  readonly onBroken?: OnBroken;
  /**
   * Somebody reconciles the ledger on start and whenever it may have lost blocks: until then nobody's money moves, but
   * for PvP holds. False: nobody does, and nothing waits.
   */
  readonly awaitsReconcile?: boolean;
}

const UNSPENT_PAGE_COUNT = 16_384;

/** Opens the store (which fences every older writer of it) and answers the ledger. */
export async function createLedger(options: LedgerOptions): Promise<LedgerWriter> {
  const { store, clock } = options;
  const { code, currency, openBlock } = options;
  const context: LedgerContext = { code, currency, accountKey: options.accountKey, openBlock };
  // By the clock, so that a writer that starts after a failover lost another one's start has no equal epoch.
  const open = () => store.open({ code, currency }, BigInt(clock.now()));
  const opened = await open();
  const openNotary = async (start: LedgerHead): Promise<Notary> =>
    options.notary({ ...start, unspent: unspentPages(store) });
  const notary = await openNotary(opened);
  const counts = { blocks: 0, transactions: 0, commands: 0, tokensLoaded: 0 };
  const loadTokens: LedgerStore['loadTokens'] = async (pages) => {
    const tokens = await store.loadTokens(pages);
    counts.tokensLoaded += tokens.length;
    return tokens;
  };
  const memory = createWorkingSet({ loadView: (request) => store.loadView(request), loadTokens }, options.workingSet);
  const { epoch } = opened;
  const certifier = { notary, openNotary };
  const onBroken = options.onBroken ?? (() => undefined);
  const { oracle = NO_ORACLE, onUnconfirmed = () => undefined } = options;
  const asking = { oracle, onUnconfirmed };
  const writer = blockWriter({ store, open, loadTokens, memory, context, epoch, counts, certifier, asking, onBroken });
  const gate = createGate(options.awaitsReconcile ?? false);
  const policy = options.consolidation === undefined ? DEFAULT_CONSOLIDATION : options.consolidation;
  const watch = policy && consolidationWatch(policy);

  const flush = async (items: readonly Asked[]): Promise<readonly (CommandResult | BlockPoint)[]> => {
    const asked = items.filter((item) => item !== 'look');
    const commands = gate.isOpen() ? asked : asked.filter((command) => !movesMoney(command));
    const { formed, view, last } = await writer.write(commands, clock.now()).catch((error: unknown) => {
      gate.close();
      throw error;
    });
    if (watch) consolidate(watch, commands, formed, view);
    if (commands.length === items.length) return formed.outcomes;
    const outcomes = new Map(commands.map((command, i) => [command, formed.outcomes[i]!]));
    return items.map((item) => (item === 'look' ? last : (outcomes.get(item) ?? WAITS)));
  };
  const batcher = createBatcher(flush, {
    batchMax: options.batchMax ?? 500,
    queueMax: options.queueMax ?? 20_000,
  });

  const consolidate = (
    { changed, next, ended }: ConsolidationWatch,
    commands: readonly LedgerCommand[],
    { mutations }: FormedBlock,
    view: BlockView,
  ): void => {
    for (const command of commands) if (command.kind === 'consolidate') ended(command);
    changed(mutations, view.pockets);
    // A failed merge changes nothing; the next block that touches the pocket asks again.
    for (const command of next()) batcher.submit(command).catch(() => ended(command));
  };

  const submit = async (command: LedgerCommand): Promise<CommandResult> => {
    const fault = commandFault(command);
    if (fault) return err(fault);
    try {
      return (await batcher.submit(command)) as CommandResult;
    } catch (error) {
      if (error instanceof QueueFullError) return err(refusal('QUEUE_FULL'));
      throw error;
    }
  };
  const lastBlock = async () => (await batcher.submit('look')) as BlockPoint;
  return {
    code,
    currency,
    epoch: writer.epoch,
    counts,
    submit,
    lastBlock,
    async confirm() {
      await lastBlock();
      if (!gate.isOpen()) throw new Error('the ledger may have lost blocks and was not reconciled since');
    },
    async reconcile(work) {
      gate.close();
      writer.forget();
      await lastBlock();
      return gate.openAfter(work);
    },
    idle: () => batcher.idle(),
    ...reads(store, context, memory),
  };
}

/** A command, or a look at the last block between two. */
type Asked = LedgerCommand | 'look';

const WAITS: CommandResult = err(refusal('UNAVAILABLE', 'the ledger is being reconciled'));

/**
 * Closed while nobody knows what the store has: money that a lost hold had reserved must not be spent before the hold is
 * put back.
 */
function createGate(isUsed: boolean) {
  let closings = 1;
  let reconciled = isUsed ? 0 : 1;
  const isOpen = (): boolean => !isUsed || closings === reconciled;
  return {
    isOpen,
    close: () => {
      closings += 1;
    },
    /** Opens when the work is done, unless a failure closed it once more meanwhile. */
    async openAfter<T>(work: () => Promise<T>): Promise<T> {
      const before = closings;
      const done = await work();
      if (closings !== before) throw new Error('the ledger failed while it was reconciled');
      reconciled = before;
      return done;
    },
  };
}

/** Of somebody whose holds the ledger may have lost; a domestic command that only registers something waits with them. */
const movesMoney = (command: LedgerCommand): boolean =>
  command.kind === 'transfer' ||
  DOMESTIC_KINDS.has(command.kind) ||
  (command.kind === 'placeHold' && command.conditionKind !== 'pvp');

async function* unspentPages(store: LedgerStore): AsyncGenerator<readonly Uint8Array[]> {
  let page = await store.unspentTokens(null, UNSPENT_PAGE_COUNT);
  while (page.last) {
    yield page.tokenIds;
    page = await store.unspentTokens(page.last, UNSPENT_PAGE_COUNT);
  }
}

type Counts = { -readonly [K in keyof LedgerCounts]: LedgerCounts[K] };

interface Certifier {
  readonly notary: Notary;
  readonly openNotary: (start: LedgerHead) => Promise<Notary>;
}

interface WriterParts {
  readonly store: LedgerStore;
  readonly open: () => Promise<LedgerHead>;
  readonly loadTokens: LedgerStore['loadTokens'];
  readonly memory: WorkingSet;
  readonly context: LedgerContext;
  readonly epoch: bigint;
  readonly counts: Counts;
  readonly certifier: Certifier;
  readonly asking: Omit<Confirming, 'form'>;
  readonly onBroken: OnBroken;
}

interface Written {
  readonly formed: FormedBlock;
  /** What it was formed on. */
  readonly view: BlockView;
  readonly last: BlockPoint;
}

/** Makes and commits one block a call; the head is kept from block to block and read again after a failure. */
function blockWriter(parts: WriterParts) {
  const { store, open, loadTokens, memory, context, counts, certifier, onBroken, ...start } = parts;
  let { notary } = certifier;
  let { epoch } = start;
  let head: LedgerHead | null = null;
  let fenced = false;
  /** No block was committed since one failed, so that nobody knows what of it the notary has seen. */
  let inDoubt = true;

  const currentHead = async (): Promise<LedgerHead> => {
    if (fenced) throw new LedgerFencedError('another writer of this ledger took over');
    const current = head ?? (await store.head());
    if (current.epoch === epoch) return current;
    if (current.epoch < epoch) {
      // Nobody took over: a failover lost this writer's own start.
      const opened = await open();
      ({ epoch } = opened);
      return opened;
    }
    fenced = true;
    throw new LedgerFencedError('another writer of this ledger took over');
  };

  /** The notary may have certified blocks that were never committed, or were lost: it starts again from what is there. */
  const certify: Notary['certify'] = async (block) => {
    try {
      return await notary.certify(block);
    } catch (error) {
      if (!inDoubt || !(error instanceof NotaryRefusedError)) throw error;
      notary = await certifier.openNotary(await currentHead());
      return notary.certify(block);
    }
  };

  /** The store has another head than this writer thought: somebody took over, or nobody knows what of its own stands. */
  const headMoved = async (cause: unknown): Promise<never> => {
    await currentHead();
    // Nobody took over: a commit of ours arrived late, or a failover lost some. The next block reads what is there.
    throw new CommitOutcomeUnknownError('the head moved under its own writer', { cause });
  };

  const commit = async (block: BlockCommit): Promise<void> => {
    try {
      await store.commitBlock(block);
    } catch (error) {
      if (!(error instanceof LedgerFencedError)) throw error;
      await headMoved(error);
    }
  };

  /** Answers that change nothing may be from memory, and no commit compares its head with the store's. */
  const confirm = async (previous: LedgerHead): Promise<void> => {
    if (!isSameHead(previous, await store.head())) await headMoved(undefined);
  };

  /** The block, and what it was formed on. What is remembered may be what is wrong: forming goes by the store then. */
  const form = async (on: LedgerHead, commands: readonly LedgerCommand[], now: number) => {
    const request = viewRequest(context.accountKey, commands);
    const remembered = await memory.load(on, request);
    try {
      return { view: remembered, formed: await formFunded({ loadTokens, context, view: remembered, now }, commands) };
    } catch (error) {
      if (!(error instanceof FormingError)) throw error;
      memory.forget();
      const view = await memory.load(on, request);
      return { view, formed: await formSound({ loadTokens, context, view, now }, commands, onBroken) };
    }
  };

  const write = async (commands: readonly LedgerCommand[], now: number) => {
    inDoubt ||= head === null;
    const previous = await currentHead();
    // Until the block is committed the head is in doubt: whatever fails below, the next block reads it anew.
    head = null;
    const { view, formed, confirmation } = await formConfirmed({ form, ...parts.asking }, previous, commands, now);
    counts.commands += commands.length;
    const { transactions, issuedMinor, redeemedMinor } = formed.mutations;
    if (transactions.length === 0) {
      await confirm(previous);
      head = previous;
      return { formed, view, last: previous };
    }
    const header = {
      sequence: previous.sequence + 1n,
      previousHash: previous.hash,
      merkleRoot: merkleTreeOfHashes(transactions.map((transaction) => transaction.transactionId)).root,
      time: now,
      transactionCount: transactions.length,
      epoch,
    };
    const hash = headerHash(context, header);
    const signature = await certify({ header, transactions: formed.notarial });
    await commit({ previous, block: { header, hash, signature, confirmation }, mutations: formed.mutations });
    counts.blocks += 1;
    counts.transactions += transactions.length;
    head = { sequence: header.sequence, hash, epoch, issuedMinor, redeemedMinor };
    inDoubt = false;
    memory.committed(view, formed, head);
    return { formed, view, last: head };
  };
  return {
    epoch: () => epoch,
    /** What is remembered counts no more: the next block reads the store. */
    forget: () => {
      head = null;
    },
    async write(commands: readonly LedgerCommand[], now: number): Promise<Written> {
      try {
        return await write(commands, now);
      } catch (error) {
        memory.forget();
        throw error;
      }
    },
  };
}

const balanceOf = ({ walletId, availableMinor, heldMinor, markedMinor }: WalletRow): Balance => ({
  walletId,
  availableMinor,
  heldMinor,
  markedMinor,
});
const walletOf = ({ walletId, kind, ownerBic, status }: WalletRow) => ({ walletId, kind, ownerBic, status });

/** The store has exactly the block that this writer committed last. A block under way is read like a stranger's. */
async function isCurrent(store: LedgerStore, memory: WorkingSet): Promise<boolean> {
  const stored = await store.head();
  const known = memory.head();
  return known !== null && isSameHead(known, stored);
}

/** The reads of the {@link Ledger} port. */
function reads(store: LedgerStore, context: LedgerContext, memory: WorkingSet) {
  const one = async (walletId: WalletId) => (await store.wallets([walletId]))[0] ?? null;
  return {
    wallet: async (walletId) => {
      const row = await one(walletId);
      return row && walletOf(row);
    },
    balance: async (walletId) => {
      const row = await one(walletId);
      return row && balanceOf(row);
    },
    resolveAccounts: async (questions) => {
      const keys = questions.map(({ agentBic, accountId }) => {
        const institution = bicKey(agentBic);
        return { agentBic: institution, accountMac: accountMac(context.accountKey, institution, accountId) };
      });
      const accounts = await store.accounts(keys);
      const byKey = new Map(accounts.map((row) => [accountKey(row.agentBic, row.accountMac), walletOf(row.wallet)]));
      return keys.map((key) => byKey.get(accountKey(key.agentBic, key.accountMac)) ?? null);
    },
    settlementWallet: async (agentBic) => {
      const row = await store.settlementWallet(bicKey(agentBic));
      return row && walletOf(row);
    },
    markFaults: async (questions) => {
      const entryIds = [...new Set(questions.map(({ mark }) => mark.markId))];
      const found = await store.entries(entryIds.map((entryId) => ({ kind: 'mark', entryId })));
      const byKey = new Map(found.map((entry) => [entryKey(entry.kind, entry.entryId), entry]));
      const view = { entry: (kind: EntryKind, entryId: string) => byKey.get(entryKey(kind, entryId)) };
      return questions.map((question) => {
        const crossed = crossing(view, question);
        return crossed.ok ? null : crossed.error;
      });
    },
    holds: async (conditionRefs) => {
      const isRemembered = (ref: string) => memory.openHold(ref) !== undefined;
      const isTrue = conditionRefs.some(isRemembered) && (await isCurrent(store, memory));
      const remembered = isTrue ? conditionRefs.flatMap((ref) => memory.openHold(ref) ?? []) : [];
      const rest = isTrue ? conditionRefs.filter((ref) => !isRemembered(ref)) : conditionRefs;
      const read = rest.length > 0 ? await store.holds(rest) : [];
      return new Map([...remembered, ...read].map((hold) => [hold.conditionRef, hold]));
    },
    openHolds: (kind, after, limit) => store.openHolds(kind, after, limit),
    hasBlock: async ({ sequence, hash }) => {
      const block = sequence > 0n ? await store.block(sequence) : null;
      return sequence === 0n || (block !== null && equalBytes(block.hash, hash));
    },
  } satisfies Partial<Ledger>;
}

import { type BlockCommit, CommitOutcomeUnknownError, type LedgerStore } from '../../ledger/store.js';
import { createMemoryStore } from '../../ledger/store.memory.js';
import type { SignerRequest } from '../signer.js';
import type { SignerStore, StoredVote } from '../signer-store.js';
import { createMemorySignerStore } from '../signer-store.memory.js';
import { type Disk, DiskError } from './disk.js';
import type { Life } from './time.js';

/** The product's memory stores behind simulated disks. */

type Method = (...args: never[]) => Promise<unknown>;

/** A store whose calls go over a disk; `writes` are those that change it. */
function overDisk<S extends object>(
  store: () => S,
  writes: readonly (keyof S)[],
  { life, disk, name }: { readonly life: Life; readonly disk: Disk; readonly name: string },
): S {
  const client: Record<string, Method> = {};
  for (const key of Object.keys(store())) {
    const isWrite = writes.includes(key as keyof S);
    client[key] = (...args) => {
      const operation = () => (store() as Record<string, Method>)[key]!(...args);
      const what = `${name} ${key}`;
      return isWrite ? disk.write(life, what, operation) : disk.read(life, what, operation);
    };
  }
  return client as S;
}

type Open = Parameters<LedgerStore['open']>;
export type Step = { readonly opened: Open } | { readonly commit: BlockCommit };

/** A ledger's database, which may lose its last commits. */
export interface LedgerImage {
  /** As a process sees it; with `answersUnsynced` a commit is answered before it is durable. */
  client(life: Life, disk: Disk, answersUnsynced: boolean): LedgerStore;
  /** The database as it is. */
  readonly store: () => LedgerStore;
  /** A replica takes over that never got the last `count` commits. */
  lose(count: number): Promise<void>;
  /** The commits that it has, in order. */
  readonly commits: () => readonly BlockCommit[];
  /** All that it was asked to keep, so that another one can begin with it. */
  readonly history: () => readonly Step[];
  restore(history: readonly Step[]): Promise<void>;
}

/** `committed` is told of each block when it is durable. */
export function createLedgerImage(committed: (commit: BlockCommit) => void): LedgerImage {
  let memory = createMemoryStore();
  let steps: Step[] = [];
  const open: LedgerStore['open'] = async (...opened) => {
    const head = await memory.open(...opened);
    steps.push({ opened });
    return head;
  };
  const commitBlock: LedgerStore['commitBlock'] = async (commit) => {
    await memory.commitBlock(commit);
    steps.push({ commit });
    committed(commit);
  };

  return {
    store: () => memory,
    commits: () => steps.flatMap((step) => ('commit' in step ? [step.commit] : [])),
    async lose(count) {
      const commits = steps.flatMap((step, i) => ('commit' in step ? [i] : []));
      steps = count === 0 ? steps : steps.slice(0, commits.at(-count) ?? 0);
      memory = createMemoryStore();
      for (const step of steps) {
        if ('opened' in step) await memory.open(...step.opened);
        else await memory.commitBlock(step.commit);
      }
    },
    history: () => steps,
    async restore(history) {
      for (const step of history) {
        if ('opened' in step) await open(...step.opened);
        else await commitBlock(step.commit);
      }
    },
    client(life, disk, answersUnsynced) {
      return {
        ...overDisk(() => memory, [], { life, disk, name: 'ledger' }),
        open: (...opened) => disk.write(life, 'ledger open', () => open(...opened)),
        async commitBlock(commit) {
          const written = disk
            .write(life, 'ledger commit', () => commitBlock(commit))
            .catch((error: unknown) => {
              if (error instanceof DiskError) throw new CommitOutcomeUnknownError(error.message);
              throw error;
            });
          if (answersUnsynced) written.catch(() => undefined);
          else await written;
        },
      };
    },
  };
}

type VoteCall = Parameters<SignerStore['vote']>;

/** A signer's database. It loses nothing that it answered. */
export interface SignerImage {
  client(life: Life, disk: Disk): SignerStore;
  readonly store: () => SignerStore;
  /** Only where a mutant keeps the journal with the ledger: forgets the last batches of votes. */
  lose(count: number): Promise<void>;
}

const SIGNER_READS: readonly (keyof SignerStore)[] = [
  'entries',
  'lastPosition',
  'entriesAfter',
  'checkpoints',
  'openEquivocations',
];

/** `voted` is told of each batch of votes when it is durable. */
export function createSignerImage(
  voted: (requests: readonly SignerRequest[], outcomes: readonly StoredVote[]) => void,
): SignerImage {
  let memory = createMemorySignerStore();
  let votes: VoteCall[] = [];
  const vote: SignerStore['vote'] = async (...call) => {
    const outcomes = await memory.vote(...call);
    votes.push(call);
    voted(call[1], outcomes);
    return outcomes;
  };
  return {
    store: () => memory,
    async lose(count) {
      votes = votes.slice(0, Math.max(0, votes.length - count));
      memory = createMemorySignerStore();
      let epoch = 0n;
      for (const call of votes) {
        while (epoch < call[0]) epoch = await memory.raiseEpoch();
        await memory.vote(...call);
      }
    },
    client: (life, disk) => {
      const writes = (Object.keys(memory) as (keyof SignerStore)[]).filter((key) => !SIGNER_READS.includes(key));
      const client = overDisk(() => memory, writes, { life, disk, name: 'signer' });
      return { ...client, vote: (...call) => disk.write(life, 'signer vote', () => vote(...call)) };
    },
  };
}

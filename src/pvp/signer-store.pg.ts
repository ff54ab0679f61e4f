import type pg from 'pg';
import { ByteReader, ByteWriter } from '../kernel/bytes.js';
import type { ErrorCode } from '../kernel/errors.js';
import type { QuoteId, Uetr } from '../kernel/ids.js';
import { packedColumns } from '../kernel/packed.js';
import { invariant } from '../kernel/result.js';
import { type Attestation, type Decision, decodeAttestations, encodeAttestations } from './attestation.js';
import {
  answerOf,
  firstPerPeer,
  proposeEntry,
  type SignerContext,
  type SignerEntry,
  type SignerRequest,
} from './signer.js';
import { CHECKPOINTS_KEPT, EpochFencedError, type SignerStore } from './signer-store.js';

interface EntryRow {
  pvp_id: string;
  decision: Decision;
  terms_hash: Buffer;
  reason: string | null;
  decided_at: bigint | string;
  key_id: string;
  terms: Buffer;
  hold_id: string;
  held_at: bigint | string;
  token_ids: Buffer;
  receipts_hash: Buffer;
  receipts: Buffer;
  peer_votes: Buffer;
}

/** All that {@link toEntry} reads. */
export const ENTRY_COLUMNS =
  'pvp_id, decision, terms_hash, reason, decided_at, key_id, terms, hold_id, held_at, token_ids, receipts_hash, receipts, peer_votes';

const encodeTokenIds = (ids: readonly Uint8Array[]): Buffer =>
  new ByteWriter().list(ids, (writer, id) => writer.bytes(id)).finish();
const decodeTokenIds = (bytes: Buffer): Buffer[] => new ByteReader(bytes).list((reader) => reader.bytes());

/** The blobs are read once, and only where somebody looks at them: most re-reads only compare the decision. */
export function toEntry(row: EntryRow): SignerEntry {
  let receipts: readonly Attestation[] | undefined;
  let peerVotes: readonly Attestation[] | undefined;
  return {
    pvpId: row.pvp_id as Uetr,
    decision: row.decision,
    termsHash: row.terms_hash,
    reason: row.reason as ErrorCode | null,
    decidedAt: Number(row.decided_at),
    keyId: row.key_id,
    termsBytes: row.terms,
    holdId: row.hold_id,
    heldAt: Number(row.held_at),
    get tokenIds() {
      return decodeTokenIds(row.token_ids);
    },
    receiptsHash: row.receipts_hash,
    get receipts() {
      receipts ??= decodeAttestations(row.receipts);
      return receipts;
    },
    get peerVotes() {
      peerVotes ??= decodeAttestations(row.peer_votes);
      return peerVotes;
    },
  };
}

/** The signer's journal over its own PostgreSQL database. */
export function createPgSignerStore(pool: pg.Pool): SignerStore {
  /** One transaction; with an epoch it holds the epoch's row, so that a raise waits for it or fences it. */
  const transaction = async <T>(epoch: bigint | null, run: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      if (epoch !== null) await fence(client, epoch);
      const value = await run(client);
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: Error) => {
        broken = failure;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };

  /** Whatever stands is read again, so that it works for votes that are repeated, contradict, or meet a used quote. */
  const voteStepwise: SignerStore['vote'] = (epoch, requests, context) =>
    transaction(epoch, async (client) => {
      const owners = await claimQuotes(client, requests);
      const proposals = requests.map((request) => {
        const quoteIds = request.vote === 'COMMIT' ? request.quoteIds : [];
        const taken = quoteIds.some((quoteId) => owners.get(quoteId) !== request.pvpId);
        return proposeEntry(request, context, taken);
      });
      await insertEntries(
        client,
        proposals.flatMap((proposal) => ('entry' in proposal ? [proposal.entry] : [])),
      );
      const stored = await readEntries(
        client,
        requests.map((request) => request.pvpId),
      );
      return requests.map((request, i) => {
        const entry = stored.get(request.pvpId) ?? null;
        const proposal = proposals[i]!;
        if (entry) return { entry, refused: answerOf(entry, request) };
        invariant('refused' in proposal, 'a proposed entry is in the journal');
        return { entry, refused: proposal.refused };
      });
    });

  return {
    raiseEpoch: () =>
      transaction(null, async (client) => {
        const { rows } = await client.query<{ epoch: bigint | string }>(
          'UPDATE signer_state SET epoch = epoch + 1 WHERE singleton RETURNING epoch',
        );
        return BigInt(rows[0]!.epoch);
      }),
    async vote(epoch, requests, context) {
      const fresh = await voteAtOnce(pool, epoch, requests, context);
      const rest = requests.filter((request) => !fresh.has(request.pvpId));
      const others = (rest.length > 0 ? await voteStepwise(epoch, rest, context) : []).values();
      return requests.map(({ pvpId }) => {
        const entry = fresh.get(pvpId);
        return entry ? { entry, refused: null } : others.next().value!;
      });
    },
    recordPeerVotes: (epoch, items) =>
      transaction(epoch, async (client) => {
        const ids = items.map((item) => item.pvpId).sort();
        await client.query({
          name: 'signer-lock-entries',
          text: 'SELECT pvp_id FROM signer_journal WHERE pvp_id = ANY($1::uuid[]) ORDER BY pvp_id FOR UPDATE',
          values: [ids],
        });
        const stored = await readEntries(client, ids);
        const entries = new Map<Uetr, SignerEntry>();
        for (const { pvpId, peerVotes } of items) {
          const entry = stored.get(pvpId);
          if (entry) entries.set(pvpId, withPeerVotes(entry, firstPerPeer(entry.peerVotes, peerVotes)));
        }
        await client.query({
          name: 'signer-record-peer-votes',
          text: `UPDATE signer_journal AS journal SET peer_votes = item.peer_votes
                 FROM unnest($1::uuid[], $2::bytea[]) AS item(pvp_id, peer_votes) WHERE journal.pvp_id = item.pvp_id`,
          values: [[...entries.keys()], [...entries.values()].map((entry) => encodeAttestations(entry.peerVotes))],
        });
        return entries;
      }),
    entries: (pvpIds) => readEntries(pool, pvpIds),
    async lastPosition() {
      const { rows } = await pool.query<{ last: bigint | string | null }>({
        name: 'signer-last-position',
        text: 'SELECT max(position) AS last FROM signer_journal',
        values: [],
      });
      return BigInt(rows[0]!.last ?? 0);
    },
    async entriesAfter(position, limit) {
      const { rows } = await pool.query<EntryRow & { position: bigint | string }>({
        name: 'signer-entries-after',
        text: `SELECT position, ${ENTRY_COLUMNS} FROM signer_journal WHERE position > $1 ORDER BY position LIMIT $2`,
        values: [position, limit],
      });
      return rows.map((row) => ({ position: BigInt(row.position), entry: toEntry(row) }));
    },
    async checkpoints() {
      const { rows } = await pool.query<{ position: bigint | string; sequence: bigint | string; hash: Buffer }>(
        'SELECT position, sequence, hash FROM signer_checkpoint ORDER BY id DESC',
      );
      return rows.map(({ position, sequence, hash }) => ({
        position: BigInt(position),
        block: { sequence: BigInt(sequence), hash },
      }));
    },
    keepCheckpoint: (epoch, { position, block }) =>
      transaction(epoch, async (client) => {
        const { rows } = await client.query<{ id: bigint | string }>({
          name: 'signer-keep-checkpoint',
          text: 'INSERT INTO signer_checkpoint (position, sequence, hash) VALUES ($1, $2, $3) RETURNING id',
          values: [position, block.sequence, block.hash],
        });
        const oldest = BigInt(rows[0]!.id) - BigInt(CHECKPOINTS_KEPT);
        await client.query({
          name: 'signer-drop-checkpoints',
          text: 'DELETE FROM signer_checkpoint WHERE id <= $1',
          values: [oldest],
        });
      }),
    async keepEquivocations(items) {
      await pool.query({
        name: 'signer-keep-equivocations',
        text: `INSERT INTO signer_equivocation (pvp_id, votes, found_at)
               SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::bigint[]) ON CONFLICT (pvp_id) DO NOTHING`,
        values: [
          items.map((item) => item.pvpId),
          items.map((item) => encodeAttestations(item.votes)),
          items.map((item) => item.foundAt),
        ],
      });
    },
    async openEquivocations() {
      const { rows } = await pool.query<{ pvp_id: string; votes: Buffer; found_at: bigint | string }>(
        'SELECT pvp_id, votes, found_at FROM signer_equivocation WHERE closed_at IS NULL ORDER BY found_at, pvp_id',
      );
      return rows.map((row) => ({
        pvpId: row.pvp_id as Uetr,
        votes: decodeAttestations(row.votes),
        foundAt: Number(row.found_at),
      }));
    },
    async closeEquivocations(at) {
      await pool.query('UPDATE signer_equivocation SET closed_at = $1 WHERE closed_at IS NULL AND found_at <= $1', [
        at,
      ]);
    },
  };
}

const withPeerVotes = (entry: SignerEntry, peerVotes: readonly Attestation[]): SignerEntry => ({
  ...entry,
  tokenIds: entry.tokenIds,
  receipts: entry.receipts,
  peerVotes,
});

async function fence(client: pg.PoolClient, epoch: bigint): Promise<void> {
  const { rows } = await client.query<{ epoch: bigint | string }>({
    name: 'signer-fence',
    text: 'SELECT epoch FROM signer_state WHERE singleton FOR SHARE',
    values: [],
  });
  checkEpoch(epoch, rows[0]!.epoch);
}

function checkEpoch(epoch: bigint, served: bigint | string): void {
  if (BigInt(served) !== epoch) throw new EpochFencedError(`epoch ${epoch} is not ${served}`);
}

const claimsOf = (requests: readonly SignerRequest[]): { quoteId: QuoteId; pvpId: Uetr }[] =>
  requests
    .flatMap((request) =>
      request.vote === 'COMMIT' ? request.quoteIds.map((quoteId) => ({ quoteId, pvpId: request.pvpId })) : [],
    )
    .sort((a, b) => (a.quoteId < b.quoteId ? -1 : 1));

/** Binds each quote to the first payment that uses it; answers whose each is. */
async function claimQuotes(client: pg.PoolClient, requests: readonly SignerRequest[]): Promise<Map<QuoteId, Uetr>> {
  const claims = claimsOf(requests);
  if (claims.length === 0) return new Map();
  const quoteIds = claims.map((claim) => claim.quoteId);
  await client.query({
    name: 'signer-claim-quotes',
    text: `INSERT INTO signer_quote (quote_id, pvp_id) SELECT * FROM unnest($1::uuid[], $2::uuid[])
           ON CONFLICT (quote_id) DO NOTHING`,
    values: [quoteIds, claims.map((claim) => claim.pvpId)],
  });
  const { rows } = await client.query<{ quote_id: QuoteId; pvp_id: Uetr }>({
    name: 'signer-read-quotes',
    text: 'SELECT quote_id, pvp_id FROM signer_quote WHERE quote_id = ANY($1::uuid[])',
    values: [quoteIds],
  });
  return new Map(rows.map((row) => [row.quote_id, row.pvp_id]));
}

/** Sorted by id, so that two batches never wait for each other in a circle. */
async function insertEntries(client: pg.PoolClient, entries: readonly SignerEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await client.query({
    name: 'signer-insert-entries',
    text: `${INSERT_ENTRIES} FROM ${givenEntries(1)} ON CONFLICT (pvp_id) DO NOTHING`,
    values: valuesOf([...entries].sort(byId)),
  });
}

const byId = (a: { pvpId: Uetr }, b: { pvpId: Uetr }): number => (a.pvpId < b.pvpId ? -1 : 1);

const BLOBS = ['terms_hash', 'terms', 'token_ids', 'receipts_hash', 'receipts', 'peer_votes'] as const;
const PLAIN = ['pvp_id', 'decision', 'reason', 'decided_at', 'key_id', 'hold_id', 'held_at'] as const;
const PLAIN_TYPES = ['uuid', 'text', 'text', 'bigint', 'text', 'text', 'bigint'];

const INSERT_ENTRIES = `INSERT INTO signer_journal (${[...PLAIN, ...BLOBS].join(', ')})
  SELECT ${[...PLAIN, ...BLOBS].map((name) => `given.${name}`).join(', ')}`;

/** The rows of {@link valuesOf}, whose first parameter has this number: the packed bytes, then an array each. */
function givenEntries(first: number): string {
  const types = [...PLAIN_TYPES, ...BLOBS.flatMap(() => ['integer', 'integer'])];
  const names = [...PLAIN, ...BLOBS.flatMap((name) => [`${name}_at`, `${name}_length`])];
  const cut = BLOBS.map((name) => `substring($${first}::bytea FROM ${name}_at FOR ${name}_length) AS ${name}`);
  const arrays = types.map((type, i) => `$${first + 1 + i}::${type}[]`).join(', ');
  return `(SELECT ${[...PLAIN, ...cut].join(', ')} FROM unnest(${arrays}) AS item (${names.join(', ')})) AS given`;
}

function valuesOf(rows: readonly SignerEntry[]): unknown[] {
  // In the order of BLOBS.
  const { bytes, places } = packedColumns(
    rows.map((entry) => entry.termsHash),
    rows.map((entry) => entry.termsBytes),
    rows.map((entry) => encodeTokenIds(entry.tokenIds)),
    rows.map((entry) => entry.receiptsHash),
    rows.map((entry) => encodeAttestations(entry.receipts)),
    rows.map((entry) => encodeAttestations(entry.peerVotes)),
  );
  return [
    bytes,
    rows.map((entry) => entry.pvpId),
    rows.map((entry) => entry.decision),
    rows.map((entry) => entry.reason),
    rows.map((entry) => entry.decidedAt),
    rows.map((entry) => entry.keyId),
    rows.map((entry) => entry.holdId),
    rows.map((entry) => entry.heldAt),
    ...places,
  ];
}

/**
 * One statement for the usual batch, whose payments and quotes are all new: the epoch's row is locked, quotes are
 * claimed, and an entry is inserted where every quote of its COMMIT was claimed by this statement.
 */
const VOTE_AT_ONCE = `
  WITH served AS MATERIALIZED (SELECT epoch FROM signer_state WHERE singleton FOR SHARE),
  claimed AS (
    INSERT INTO signer_quote (quote_id, pvp_id)
    SELECT claim.quote_id, claim.pvp_id
      FROM unnest($2::uuid[], $3::uuid[]) AS claim (quote_id, pvp_id), served WHERE served.epoch = $1
        ON CONFLICT (quote_id) DO NOTHING RETURNING quote_id, pvp_id
  ),
  incomplete AS (
    SELECT claim.pvp_id FROM unnest($2::uuid[], $3::uuid[]) AS claim (quote_id, pvp_id)
      LEFT JOIN claimed USING (quote_id, pvp_id) WHERE claimed.quote_id IS NULL
  ),
  inserted AS (
    ${INSERT_ENTRIES} FROM ${givenEntries(4)}, served
     WHERE served.epoch = $1 AND given.pvp_id NOT IN (SELECT pvp_id FROM incomplete)
        ON CONFLICT (pvp_id) DO NOTHING RETURNING pvp_id
  )
  SELECT epoch, (SELECT string_agg(pvp_id::text, ',') FROM inserted) AS inserted FROM served`;

/** The entries that are new and stand exactly as they were asked for; nothing was decided about the others. */
async function voteAtOnce(
  pool: pg.Pool,
  epoch: bigint,
  requests: readonly SignerRequest[],
  context: SignerContext,
): Promise<Map<Uetr, SignerEntry>> {
  const entries = new Map<Uetr, SignerEntry>();
  for (const request of requests) {
    const proposal = proposeEntry(request, context, false);
    const isAsAsked = 'entry' in proposal && proposal.entry.decision === request.vote;
    if (!isAsAsked || entries.has(request.pvpId)) return new Map();
    entries.set(request.pvpId, proposal.entry);
  }
  if (entries.size === 0) return entries;
  const claims = claimsOf(requests);
  const { rows } = await pool.query<{ epoch: bigint | string; inserted: string | null }>({
    name: 'signer-vote',
    text: VOTE_AT_ONCE,
    values: [
      epoch,
      claims.map((claim) => claim.quoteId),
      claims.map((claim) => claim.pvpId),
      ...valuesOf([...entries.values()].sort(byId)),
    ],
  });
  checkEpoch(epoch, rows[0]!.epoch);
  const inserted = rows[0]!.inserted?.split(',') ?? [];
  return new Map(inserted.map((pvpId) => [pvpId as Uetr, entries.get(pvpId as Uetr)!]));
}

async function readEntries(client: pg.Pool | pg.PoolClient, pvpIds: readonly Uetr[]): Promise<Map<Uetr, SignerEntry>> {
  const { rows } = await client.query<EntryRow>({
    name: 'signer-read-entries',
    text: `SELECT ${ENTRY_COLUMNS} FROM signer_journal WHERE pvp_id = ANY($1::uuid[])`,
    values: [pvpIds],
  });
  return new Map(rows.map((row) => [row.pvp_id as Uetr, toEntry(row)]));
}

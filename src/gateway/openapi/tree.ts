/** Trees of money. */
import { money, next, READ_ERRORS, route } from './ledger-parts.js';
import { inPath, inQuery, json, listOf, orNull, type PathDrafts, ref, type Schema, strict } from './model.js';

const nodes = { ...listOf(ref('ReportEntry')), description: 'Transactions, in the order of the tree' };
const edges = {
  ...listOf(ref('TreeEdge')),
  description: 'Every token of theirs that the caller may see, once; transactions of other pages stand by their id',
};

export const treeSchemas: Readonly<Record<string, Schema>> = {
  TokenId: { type: 'string', pattern: '^[0-9a-f]{72}$', description: 'Transaction that made it, and which output' },
  TreeEdge: strict(
    {
      tokenId: ref('TokenId'),
      from: ref('Hash'),
      to: { ...orNull(ref('Hash')), description: 'null while it is unspent' },
      walletId: ref('WalletId'),
      ...money,
      markId: orNull(ref('EntryId')),
      markLevel: orNull({ type: 'integer', minimum: 0 }),
      held: { type: 'boolean' },
    },
    'A token, from the transaction that made it to the one that spent it',
  ),
  TokenTree: strict({
    token: ref('TreeEdge'),
    direction: { type: 'string', enum: ['back', 'forward'] },
    nodes,
    edges,
    next,
    truncated: {
      type: 'boolean',
      description:
        'More ways led on from this page than a cursor holds: those to the farthest transactions are left out of `next`. Ask for the trees of the edges that no page leads to',
    },
  }),
  MarkTree: strict({ markId: ref('EntryId'), nodes, edges, next }),
  AgreementTree: strict({ agreementId: ref('EntryId'), markId: ref('EntryId'), nodes, edges, next }),
};

const LIMIT = inQuery('limit', 'At most so many transactions', {
  type: 'integer',
  minimum: 1,
  maximum: 100,
  default: 50,
});
const ofPlaces = (count: string): Schema => ({
  type: 'string',
  pattern: `^\\d{1,18}\\.\\d{1,9}(-\\d{1,18}\\.\\d{1,9})${count}$`,
});
const TOPIC_CURSOR = inQuery('after', 'As `next` of the page before', ofPlaces('{0}'));

export const treePaths: PathDrafts = {
  '/v1/ledgers/{code}/tokens/{id}/tree': {
    get: route({
      id: 'getTokenTree',
      summary: 'Where a token comes from, back to issuance, or what became of it',
      description:
        'Back: newest first; forward: oldest first; a transaction comes once, however many ways lead to it. The issuer sees all of it, the owner of the token’s wallet tokens in wallets of its own, the initiator of its mark tokens under the mark; a way that leaves what is seen ends there.',
      parameters: [
        inPath('id', 'Of the token', ref('TokenId')),
        inQuery('direction', 'Which way', { type: 'string', enum: ['back', 'forward'], default: 'back' }),
        inQuery('after', 'As `next` of the page before', ofPlaces('{0,399}')),
        LIMIT,
      ],
      answers: { 200: json('A page', ref('TokenTree')) },
      errors: READ_ERRORS,
    }),
  },
  '/v1/ledgers/{code}/marks/{id}/tree': {
    get: route({
      id: 'getMarkTree',
      summary: 'The tree of money under a mark, or of a project with all its agreements, oldest first',
      description: 'For its initiator and the oracle. Edges are tokens under the mark.',
      parameters: [inPath('id', 'Of the mark', ref('EntryId')), TOPIC_CURSOR, LIMIT],
      answers: { 200: json('A page', ref('MarkTree')) },
      errors: [...READ_ERRORS, 'MARK_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/agreements/{id}/tree': {
    get: route({
      id: 'getAgreementTree',
      summary: 'The tree of what was paid and withdrawn under an agreement, oldest first',
      description: 'For its parties, the mark’s initiator and the oracle. Edges are tokens under its mark.',
      parameters: [inPath('id', 'Of the agreement', ref('EntryId')), TOPIC_CURSOR, LIMIT],
      answers: { 200: json('A page', ref('AgreementTree')) },
      errors: [...READ_ERRORS, 'AGREEMENT_UNKNOWN'],
    }),
  },
};

/** What one officer of the FX desk proposes and another one decides, of any kind: `addProposalRoutes`. */
import type { ErrorCode } from '../../kernel/errors.js';
import {
  inPath,
  json,
  jsonBody,
  type OperationDraft,
  orNull,
  type PathDrafts,
  ref,
  type Schema,
  strict,
} from './model.js';

export const CHOSEN_ID = inPath(
  'id',
  'A lower-case UUIDv4 that the caller chooses: the same request again is the same',
  ref('QuoteId'),
);

/** Text of an officer's own. */
export const REMARK: Schema = { type: 'string', maxLength: 400 };
export const OFFICER_KEY: Schema = { type: 'string', description: 'Id of the key of the officer' };

/** A proposal of this content, as it is shown. */
export const proposalSchema = (content: Readonly<Record<string, Schema>>): Schema =>
  strict({
    proposalId: ref('QuoteId'),
    status: { type: 'string', enum: ['proposed', 'approved', 'refused', 'expired'] },
    ...content,
    proposedBy: OFFICER_KEY,
    proposedAt: ref('Time'),
    dueAt: { ...ref('Time'), description: 'Until then another officer decides' },
    decidedBy: orNull(OFFICER_KEY),
    decidedAt: orNull(ref('Time')),
    reason: orNull(REMARK),
  });

export interface ProposalPaths {
  readonly path: string;
  /** In the plural, with a small letter. */
  readonly what: string;
  /** Names of the schemas of a proposal and of a list of them, and the operation of the latter. */
  readonly schemas: { readonly one: string; readonly list: string };
  readonly listId: string;
  readonly propose: Pick<OperationDraft, 'summary' | 'description' | 'body'> & {
    readonly errors: readonly ErrorCode[];
  };
  /** From when on what was approved holds. */
  readonly approved: string;
  /** An example of why an officer decides so. */
  readonly reason: string;
}

/** `PUT path/{id}`, `POST path/{id}/approve` and `…/refuse`, `GET path`. */
export function proposalPaths({ path, what, schemas, listId, propose, approved, reason }: ProposalPaths): PathDrafts {
  const name = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
  const decision = (verb: 'Approve' | 'Refuse', description: string): PathDrafts[string] => ({
    post: {
      id: `${verb.toLowerCase()}${name}`,
      summary: `${verb} proposed ${what}`,
      description,
      tag: 'FX',
      parameters: [inPath('id', 'Of the proposal', ref('QuoteId'))],
      body: jsonBody(ref('ProposalDecision'), { reason }),
      answers: { 200: json('The proposal as it is now', ref(schemas.one)) },
      errors: ['FORBIDDEN', 'NOT_FOUND', 'UNSUPPORTED_MEDIA_TYPE', 'OFFICER_SAME', 'PROPOSAL_STATE'],
    },
  });
  return {
    [path]: {
      get: {
        id: listId,
        summary: `The newest 100 proposals of ${what}`,
        description: 'For the FX desk and the operator.',
        tag: 'FX',
        answers: { 200: json('The proposals', ref(schemas.list)) },
        errors: ['FORBIDDEN'],
      },
    },
    [`${path}/{id}`]: {
      put: {
        id: `propose${name}`,
        tag: 'FX',
        ...propose,
        parameters: [CHOSEN_ID],
        answers: { 200: json('The proposal', ref(schemas.one)) },
      },
    },
    [`${path}/{id}/approve`]: decision('Approve', `For another officer of the FX desk, by another key. ${approved}`),
    [`${path}/{id}/refuse`]: decision('Refuse', 'For an officer of the FX desk, also who proposed them.'),
  };
}

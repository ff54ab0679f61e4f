/** What one officer proposed and another one decides, of any kind. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useCommand } from '../command.js';
import { t } from '../i18n/index.js';
import { useResource } from '../resource.js';
import { may, useSession } from '../session.js';
import { At, Badge, Empty, Problem, Shown, Table } from '../ui/parts.js';
import { Field, touchesDesk } from './parts.js';
import type { ProposalStatus, Proposed } from './types.js';

const TONE: Readonly<Record<ProposalStatus, string>> = {
  ...{ proposed: 'busy', approved: 'good', refused: 'bad', expired: 'plain' },
};
const DECIDED_SHOWN = 5;
const REASON_MAX = 400;

interface DecisionProps {
  readonly path: string;
  readonly proposal: Proposed;
  readonly done: () => void;
}

function Decision({ path, proposal, done }: DecisionProps) {
  const { api, me } = useSession();
  const [reason, setReason] = useState<string | null>(null);
  const [isTried, setTried] = useState(false);
  const { isBusy, error, run } = useCommand(done);
  const of = `${path}/${proposal.proposalId}`;
  if (reason === null)
    return (
      <span class="decision">
        {proposal.proposedBy === me.keyId ? (
          <span class="muted">{t('proposal.own')}</span>
        ) : (
          <button
            type="button"
            class="primary"
            disabled={isBusy}
            onClick={() => void run(() => api.read(`${of}/approve`, { json: {} }))}
          >
            {isBusy ? t('sending') : t('request.approveSecond')}
          </button>
        )}
        <button type="button" disabled={isBusy} onClick={() => setReason('')}>
          {t('request.refuse')}…
        </button>
        {error ? <Problem error={error} /> : null}
      </span>
    );
  const given = reason.trim();
  const isBad = given === '' || given.length > REASON_MAX;
  return (
    <form
      class="decision"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!isBad) void run(() => api.read(`${of}/refuse`, { json: { reason: given } }));
      }}
    >
      <Field
        id={`reason-${proposal.proposalId}`}
        label={t('request.reason')}
        value={reason}
        fault={isTried && isBad ? t('desk.reason.fault') : null}
        onInput={setReason}
        size={24}
        maxLength={REASON_MAX + 1}
      />
      <button type="submit" class="danger" disabled={isBusy}>
        {t('request.refuse')}
      </button>
      <button type="button" onClick={() => setReason(null)}>
        {t('cancel')}
      </button>
      {error ? <Problem error={error} /> : null}
    </form>
  );
}

export interface ApprovalsProps<T extends Proposed> {
  readonly path: string;
  readonly describe: (proposal: T) => ComponentChildren;
  /** An approved proposal changed what the page shows. */
  readonly done?: () => void;
}

/** The open proposals, and what became of the last ones. */
export function Approvals<T extends Proposed>({ path, describe, done = () => {} }: ApprovalsProps<T>) {
  const { api, me } = useSession();
  const proposals = useResource((signal) => api.read<{ proposals: T[] }>(path, { signal }), [api, path], touchesDesk);
  const decided = () => {
    proposals.reload();
    done();
  };
  return (
    <Shown of={proposals}>
      {({ proposals: all }) => {
        const open = all.filter(({ status }) => status === 'proposed');
        const over = all.filter(({ status }) => status !== 'proposed').slice(0, DECIDED_SHOWN);
        if (open.length + over.length === 0)
          return <Empty what={t('proposals.none')} hint={t('proposals.none.hint')} />;
        const head = [
          ...[t('proposal.what'), t('proposal.by'), t('payments.status'), t('proposal.due'), t('request.decision')],
        ];
        return (
          <Table label={t('proposals.title')} head={head}>
            {[...open, ...over].map((proposal) => (
              <tr key={proposal.proposalId}>
                <td>{describe(proposal)}</td>
                <td>
                  {proposal.proposedBy} <At iso={proposal.proposedAt} />
                </td>
                <td>
                  <Badge tone={TONE[proposal.status]}>{t(`proposal.${proposal.status}`)}</Badge>
                </td>
                <td>{proposal.status === 'proposed' ? <At iso={proposal.dueAt} /> : '–'}</td>
                <td>
                  {proposal.status !== 'proposed' ? (
                    [proposal.decidedBy, proposal.reason].filter(Boolean).join(': ') || '–'
                  ) : may.decide(me) ? (
                    <Decision path={path} proposal={proposal} done={decided} />
                  ) : (
                    '–'
                  )}
                </td>
              </tr>
            ))}
          </Table>
        );
      }}
    </Shown>
  );
}

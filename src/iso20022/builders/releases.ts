import type { CatalogueMessageId } from '../catalogue/catalogue.js';
import type { MessageId } from '../types.js';

export type StatusReportId = Extract<CatalogueMessageId, `pacs.002.${string}`>;
export type NotificationId = Extract<CatalogueMessageId, `camt.054.${string}`>;
export type StatementId = Extract<CatalogueMessageId, `camt.053.${string}`>;
export type AccountReportId = Extract<CatalogueMessageId, `camt.052.${string}`>;
export type InstitutionTransferId = Extract<CatalogueMessageId, `pacs.009.${string}`>;

/** Versions that belong together: those of one yearly release, or the nearest that there is for it. */
interface Release {
  readonly creditTransfer: Extract<CatalogueMessageId, `pacs.008.${string}`>;
  readonly statusRequest: Extract<CatalogueMessageId, `pacs.028.${string}`> | null;
  readonly statusReport: StatusReportId;
  readonly notification: NotificationId;
  /** Of camt.052 and camt.053, which change together. */
  readonly statement: '08' | '12' | '13';
  readonly institutionTransfer: InstitutionTransferId;
}

type Row = readonly [
  creditTransfer: Release['creditTransfer'],
  statusRequest: Release['statusRequest'],
  statusReport: StatusReportId,
  notification: NotificationId,
  statement: Release['statement'],
  institutionTransfer: InstitutionTransferId,
];

/** A version of pacs.028 is with the first release that has it; later ones that did not change it share it. */
const ROWS: readonly Row[] = [
  ['pacs.008.001.02', null, 'pacs.002.001.08', 'camt.054.001.06', '08', 'pacs.009.001.08'], // 2009
  ['pacs.008.001.06', null, 'pacs.002.001.08', 'camt.054.001.06', '08', 'pacs.009.001.08'], // 2016
  ['pacs.008.001.07', null, 'pacs.002.001.09', 'camt.054.001.06', '08', 'pacs.009.001.08'], // 2018
  ['pacs.008.001.08', 'pacs.028.001.03', 'pacs.002.001.10', 'camt.054.001.08', '08', 'pacs.009.001.08'], // 2019
  ['pacs.008.001.09', 'pacs.028.001.04', 'pacs.002.001.11', 'camt.054.001.08', '08', 'pacs.009.001.09'], // 2020
  ['pacs.008.001.10', 'pacs.028.001.05', 'pacs.002.001.12', 'camt.054.001.08', '08', 'pacs.009.001.10'], // 2021
  ['pacs.008.001.11', null, 'pacs.002.001.13', 'camt.054.001.11', '08', 'pacs.009.001.10'], // 2023
  ['pacs.008.001.12', 'pacs.028.001.06', 'pacs.002.001.14', 'camt.054.001.12', '12', 'pacs.009.001.11'], // 2024
  ['pacs.008.001.13', null, 'pacs.002.001.15', 'camt.054.001.13', '13', 'pacs.009.001.12'], // 2025
  ['pacs.008.001.14', 'pacs.028.001.07', 'pacs.002.001.16', 'camt.054.001.13', '13', 'pacs.009.001.13'], // 2026
];

const RELEASES = ROWS.map(
  ([creditTransfer, statusRequest, statusReport, notification, statement, institutionTransfer]): Release => ({
    creditTransfer,
    statusRequest,
    statusReport,
    notification,
    statement,
    institutionTransfer,
  }),
);

/** Every message that a payment's parties are told with. */
export const REPORT_VERSIONS: ReadonlySet<MessageId> = new Set(
  RELEASES.flatMap(({ statusReport, notification }) => [statusReport, notification]),
);

const releaseOf = (messageId: MessageId): Release | undefined =>
  RELEASES.find(({ creditTransfer, statusRequest }) => messageId === creditTransfer || messageId === statusRequest);

/** The pacs.002 that answers a version of pacs.008 or pacs.028; pacs.002.001.10 for any other message. */
export const statusVersionFor = (messageId: MessageId): StatusReportId =>
  releaseOf(messageId)?.statusReport ?? 'pacs.002.001.10';

/** The camt.054 that goes with the version of pacs.008 which a participant speaks; camt.054.001.08 for any other. */
export const notificationVersionFor = (messageId: MessageId): NotificationId =>
  releaseOf(messageId)?.notification ?? 'camt.054.001.08';

/** The camt.053 that goes with a version of pacs.008, as `notificationVersionFor`; camt.053.001.08 for any other. */
export const statementVersionFor = (messageId: MessageId): StatementId =>
  `camt.053.001.${releaseOf(messageId)?.statement ?? '08'}`;

/** The camt.052 that goes with a version of pacs.008, as `notificationVersionFor`; camt.052.001.08 for any other. */
export const accountReportVersionFor = (messageId: MessageId): AccountReportId =>
  `camt.052.001.${releaseOf(messageId)?.statement ?? '08'}`;

/** The pacs.009 that goes with a version of pacs.008, as `notificationVersionFor`; pacs.009.001.08 for any other. */
export const institutionTransferVersionFor = (messageId: MessageId): InstitutionTransferId =>
  releaseOf(messageId)?.institutionTransfer ?? 'pacs.009.001.08';

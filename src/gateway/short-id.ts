/**
 * Point-to-point references of messages that the gateway sends: a letter for the kind of message and the 32 hex
 * digits of the UETR (of a hash of the original message's key, in its final report), so that the same message of the
 * same payment has the same reference after a crash. 33 characters, within `Max35Text`.
 */
export const shortId = (kind: string, uetr: string): string => `${kind}${uetr.replaceAll('-', '')}`;

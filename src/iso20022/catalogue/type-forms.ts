/** The forms in which the TypeScript types of messages are stated; see message-types.ts. */

declare const simpleType: unique symbol;

/** Text that satisfies a simple type of the catalogue. `simpleValue` makes one, after looking at its facets. */
export type Simple<Name extends string> = string & { readonly [simpleType]: Name };

/** Exactly one of the elements of `T`: an object that names two is refused. */
export type Choice<T> = {
  readonly [K in keyof T]-?: Readonly<Pick<T, K>> & { readonly [Other in Exclude<keyof T, K>]?: never };
}[keyof T];

/** Steps at one element: its name, its namespace, its attributes. */
import { type Attribute, attribute, type Element, type Kid, markup, text, unread } from './document.js';
import { type SchemaModel, type TextType, type Type, typeOf } from './schema-model.js';
import { spellingsOf, valuesOf } from './values.js';

export interface ElementStep {
  readonly kind: string;
  readonly kid: Element;
}

const XS = 'http://www.w3.org/2001/XMLSchema';

const withAttributes = (own: Element, ...more: readonly string[]): Element => ({
  ...own,
  attributes: [...own.attributes, ...more.map(unread)],
});

const nextType = (model: SchemaModel, name: string): string => {
  const names = [...model.types.keys()];
  return names[(names.indexOf(name) + 1) % names.length]!;
};

/** The steps taken at every element. */
export const foreignVariants = (model: SchemaModel, own: Element): ElementStep[] => {
  const type = own.use!.type;
  return [
    { kind: 'renamed', kid: { ...own, tag: `${own.tag}X` } },
    { kind: 'foreign', kid: withAttributes(own, 'xmlns="urn:example:other"') },
    { kind: 'xsi-type-own', kid: withAttributes(own, `xsi:type="${type}"`) },
    { kind: 'xsi-type-other', kid: withAttributes(own, `xsi:type="${nextType(model, type)}"`) },
    { kind: 'attribute-added', kid: withAttributes(own, own.attributes.length === 0 ? 'Ccy="EUR"' : 'Cd="EUR"') },
    { kind: 'xsi-nil', kid: withAttributes(own, 'xsi:nil="true"') },
  ];
};

/** All steps, taken at one element of each type. */
export const elementVariants = (model: SchemaModel, own: Element): ElementStep[] => {
  const type = own.use!.type;
  const otherVersion = model.namespace.replace(/\d\d$/, '99');
  const attributes: readonly (readonly [kind: string, ...more: string[]])[] = [
    ['foreign', 'xmlns=""'],
    ['foreign', `xmlns="${otherVersion}"`],
    ['same-namespace', `xmlns="${model.namespace}"`],
    ['attribute-added', 'a="1"'],
    ['attribute-added', 'xml:lang="en"'],
    ['attribute-added', 'xml:space="preserve"'],
    ['attribute-added', 'o:a="1"'],
    ['attribute-added', 'p:a="1"'],
    ['attribute-added', 'xsi:other="1"'],
    ['attribute-added', `xmlns:q="${model.namespace}" q:Ccy="EUR"`],
    ['namespace-added', 'xmlns:q="urn:example:q"'],
    ['xsi-type-own', `xsi:type="p:${type}"`],
    ['xsi-type-own', `xsi:type=" ${type} "`],
    ['xsi-type-other', 'xsi:type="Nope"'],
    ['xsi-type-other', 'xsi:type=""'],
    ['xsi-type-other', 'xsi:type="no:such"'],
    ['xsi-type-other', `xsi:type="o:${type}"`],
    ['xsi-type-other', `xmlns:xs="${XS}" xsi:type="xs:string"`],
    ['xsi-type-other', `xmlns:xs="${XS}" xsi:type="xs:anyType"`],
    ['xsi-type-other', `xsi:type="${model.root.type}"`],
    ['xsi-nil', 'xsi:nil="false"'],
    ['xsi-nil', 'xsi:nil="1"'],
    ['xsi-nil', 'xsi:nil=""'],
    ['xsi-nil', 'xsi:nil="maybe"'],
    ['xsi-location', `xsi:schemaLocation="${model.namespace} file:///nowhere.xsd"`],
    ['xsi-location', 'xsi:schemaLocation="urn:example:odd"'],
    ['xsi-location', 'xsi:noNamespaceSchemaLocation="file:///nowhere.xsd"'],
  ];
  const renamed = [own.tag.toLowerCase(), own.tag.toUpperCase(), 'Document', `${own.tag}é`];
  return [
    ...foreignVariants(model, own),
    ...attributes.map(([kind, ...more]) => ({ kind, kid: withAttributes(own, ...more) })),
    ...renamed.map((tag) => ({ kind: 'renamed', kid: { ...own, tag } })),
    { kind: 'prefixed', kid: { ...own, tag: `p:${own.tag}` } },
    { kind: 'foreign', kid: { ...own, tag: `o:${own.tag}` } },
    { kind: 'xsi-nil', kid: { ...withAttributes(own, 'xsi:nil="true"'), kids: [] } },
    { kind: 'empty', kid: { ...own, kids: [] } },
    { kind: 'empty', kid: { ...own, kids: [markup('<!-- c -->')] } },
    { kind: 'child-added', kid: { ...own, kids: [...own.kids, { tag: 'X', attributes: [], kids: [] }] } },
    { kind: 'nested', kid: { ...own, kids: [own] } },
    { kind: 'text-added', kid: { ...own, kids: [...own.kids, text('x')] } },
  ];
};

/** An attribute value as a serialiser may write it, and one that it may not. */
const spelledAttributes = (name: string, value: string): Attribute[] => [
  { raw: `${name} = '${value}'`, read: { name, value } },
  { raw: `\n${name}="${value}"`, read: { name, value } },
  { raw: `${name}="&#x${value.charCodeAt(0).toString(16)};${value.slice(1)}"`, read: { name, value } },
  { raw: `${name}="\n${value}\t"`, read: { name, value: ` ${value} ` } },
];

/** Every attribute of the type: missing, in another namespace, renamed, at the edges of its own type. */
export const attributeVariants = (model: SchemaModel, type: Type, own: Element): Kid[] => {
  if (type.kind !== 'text') return [];
  return type.attributes.flatMap((use) => oneAttribute(model, type, own, use.name));
};

const oneAttribute = (model: SchemaModel, type: TextType, own: Element, name: string): Kid[] => {
  const use = type.attributes.find((candidate) => candidate.name === name)!;
  const simple = typeOf(model, use.type);
  if (simple.kind !== 'simple') return [];
  const others = own.attributes.filter(({ read }) => read?.name !== name);
  const put = (...more: readonly Attribute[]): Element => ({ ...own, attributes: [...others, ...more] });
  const values = valuesOf(simple);
  const valid = values[1] ?? '';
  return [
    put(),
    put(unread(`p:${name}="${valid}"`)),
    put(attribute(name.toLowerCase(), valid)),
    put(attribute(name, valid), unread(`p:${name}="${valid}"`)),
    put(attribute(name, valid), attribute(`${name}X`, valid)),
    put(unread('xsi:nil="false"'), attribute(name, valid)),
    ...values.map((value) => put(attribute(name, value))),
    ...spelledAttributes(name, valid).map((one) => put(one)),
    ...spellingsOf(type.base).map((kids) => ({ ...put(attribute(name, valid)), kids })),
  ];
};

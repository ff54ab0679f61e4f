/** What a wildcard may be given: nothing, too much, elements of no, another and the schema's own namespace. */
import { WILDCARD_CONTENT } from './instances.js';
import type { AnyParticle, SchemaModel } from './schema-model.js';

/** Contents of a wildcard of the schema, valid ones and others. */
export const wildcardContents = (model: SchemaModel, { namespace }: AnyParticle): readonly string[] => {
  const own = model.namespace;
  const root = model.root.name;
  const simple = [...model.types.values()].find((type) => type.kind === 'simple' && type.patterns.length > 0);
  const named = namespace === '##any' ? 'urn:example:named' : namespace;
  return [
    '',
    ' ',
    '<!-- c -->',
    'text',
    WILDCARD_CONTENT,
    ` ${WILDCARD_CONTENT}\n`,
    `<!-- c -->${WILDCARD_CONTENT}<!-- c -->`,
    `${WILDCARD_CONTENT}${WILDCARD_CONTENT}`,
    `text${WILDCARD_CONTENT}`,
    `<n:a xmlns:n="${named}"/>`,
    `<n:a xmlns:n="${named}"><n:b n:c="1"/></n:a>`,
    `<n:a xmlns:n="${named}"/><n:a xmlns:n="${named}"/>`,
    '<a xmlns=""/>',
    '<a xmlns="" b="1">text<c/>text</a>',
    '<Any/>',
    `<${root}/>`,
    `<p:${root}>text</p:${root}>`,
    `<${root}><X/></${root}>`,
    `<n:a xmlns:n="${named}"><p:${root}/></n:a>`,
    `<n:a xmlns:n="${named}" xsi:nil="true"/>`,
    `<n:a xmlns:n="${named}" xml:lang="en"/>`,
    `<n:a xmlns:n="${named}" p:b="1"/>`,
    ...(simple === undefined
      ? []
      : [
          `<n:a xmlns:n="${named}" xsi:type="${simple.name}">\u00a7\u00a7</n:a>`,
          `<n:a xmlns:n="${named}" xsi:type="${simple.name}"/>`,
        ]),
    `<n:a xmlns:n="${named}" xsi:type="Nope"/>`,
    `<n:a xmlns:n="${named}" xsi:type="n:Nope"/>`,
    `<a xmlns="${own}X"><![CDATA[<&]]>&amp;</a>`,
    `<d:deep xmlns:d="${named}">${'<d:x>'.repeat(30)}${'</d:x>'.repeat(30)}</d:deep>`,
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a"/></xs:schema>',
  ];
};

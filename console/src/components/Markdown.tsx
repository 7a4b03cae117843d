/**
 * A Markdown document as elements: headings, text, lists, tables, and code with a button to copy it. The text is parsed
 * by `marked`, and never becomes HTML of its own: what is not known here is shown as it is written.
 */
import { Anchor, Box, Code, List, Table, Text, Title } from '@mantine/core';
import { lexer, type Token, type Tokens } from 'marked';
import { Fragment, type ReactNode, useMemo } from 'react';
import { CopyButton } from './CopyButton';
import classes from './Markdown.module.css';

type Props = {
  text: string;
  /** Where a link leads; nothing takes the link away and keeps its text. */
  linkTo?: (href: string) => string | undefined;
};

type Links = NonNullable<Props['linkTo']>;

const onlyAbsolute: Links = (href) => (/^https?:\/\//.test(href) ? href : undefined);

export const Markdown = ({ text, linkTo = onlyAbsolute }: Props) => {
  const tokens = useMemo(() => lexer(text), [text]);
  return <div className={classes.document}>{blocks(tokens, linkTo)}</div>;
};

const keyed = (tokens: Token[], show: (token: Token) => ReactNode) =>
  // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change its order
  tokens.map((token, index) => <Fragment key={index}>{show(token)}</Fragment>);

const blocks = (tokens: Token[], linkTo: Links) => keyed(tokens, (token) => block(token, linkTo));

const block = (token: Token, linkTo: Links): ReactNode => {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      return (
        <Title order={depth === 2 ? 2 : 3} mt={depth === 2 ? 'xl' : 'lg'} mb="xs">
          {inlines(tokens, linkTo)}
        </Title>
      );
    }
    case 'paragraph':
      return (
        <Text mb="md" fz={15}>
          {inlines((token as Tokens.Paragraph).tokens, linkTo)}
        </Text>
      );
    case 'code':
      return <CodeBlock {...(token as Tokens.Code)} />;
    case 'list':
      return <Items {...(token as Tokens.List)} linkTo={linkTo} />;
    case 'table':
      return <Grid {...(token as Tokens.Table)} linkTo={linkTo} />;
    case 'text': {
      const { tokens, text } = token as Tokens.Text;
      return tokens ? inlines(tokens, linkTo) : text;
    }
    case 'space':
    case 'def':
      return null;
    default:
      return token.raw;
  }
};

const inlines = (tokens: Token[], linkTo: Links): ReactNode => keyed(tokens, (token) => inline(token, linkTo));

const inline = (token: Token, linkTo: Links): ReactNode => {
  switch (token.type) {
    case 'strong':
      return <strong>{inlines((token as Tokens.Strong).tokens, linkTo)}</strong>;
    case 'em':
      return <em>{inlines((token as Tokens.Em).tokens, linkTo)}</em>;
    case 'codespan':
      return <Code className="breakable">{(token as Tokens.Codespan).text}</Code>;
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      const target = linkTo(href);
      if (!target) return inlines(tokens, linkTo);
      return (
        <Anchor href={target} target="_blank" rel="noreferrer" underline="always" inherit>
          {inlines(tokens, linkTo)}
        </Anchor>
      );
    }
    case 'br':
      return <br />;
    case 'text':
    case 'escape':
      return (token as Tokens.Text | Tokens.Escape).text;
    default:
      return token.raw;
  }
};

const CodeBlock = ({ text, lang }: Pick<Tokens.Code, 'text' | 'lang'>) => (
  <Box className={classes.code}>
    <div className={classes.bar}>
      <span>{lang}</span>
      <CopyButton value={text} />
    </div>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
    <pre tabIndex={0}>
      <code>{text}</code>
    </pre>
  </Box>
);

const Items = ({ ordered, items, linkTo }: Tokens.List & { linkTo: Links }) => (
  <List type={ordered ? 'ordered' : 'unordered'} mb="md" spacing={4} withPadding>
    {items.map((item) => (
      <List.Item key={item.raw}>{blocks(item.tokens, linkTo)}</List.Item>
    ))}
  </List>
);

const Grid = ({ header, rows, linkTo }: Tokens.Table & { linkTo: Links }) => (
  <Box className={classes.table}>
    <Table withTableBorder verticalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          {header.map((cell) => (
            <Table.Th key={cell.text}>{inlines(cell.tokens, linkTo)}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Table.Tr key={row.map(({ text }) => text).join('|')}>
            {row.map((cell, column) => (
              <Table.Td key={`${header[column]?.text}`}>{inlines(cell.tokens, linkTo)}</Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Box>
);

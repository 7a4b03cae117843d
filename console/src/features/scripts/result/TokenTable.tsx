/** Two tokens beside each other, claim by claim: without the script, and with it. */
import { useT } from '@/i18n/I18n';
import { compareTokens } from '../report';
import classes from './TokenTable.module.css';

type Props = { original: Record<string, unknown>; token: Record<string, unknown> | null };

export const TokenTable = ({ original, token }: Props) => {
  const t = useT();
  const all = compareTokens(original, token);
  // What the script did comes first: the rest is there to compare.
  const rows = [...all.filter(({ change }) => change !== 'same'), ...all.filter(({ change }) => change === 'same')];
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t('customJwt.result.claim')}</th>
          <th scope="col">{t('customJwt.result.without')}</th>
          {token && <th scope="col">{t('customJwt.result.with')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, before, after, change }) => (
          <tr key={name} data-change={change}>
            <th scope="row">
              {name}
              {change !== 'same' && <span className={classes.tag}>{t(`customJwt.result.changes.${change}`)}</span>}
            </th>
            <td>{before ?? <Nothing />}</td>
            {token && <td>{after ?? <Nothing />}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

const Nothing = () => <span className={classes.nothing}>–</span>;

/** Finds a person, an application or an organization by what is typed. */
import { FoundSelect } from '@/components/FoundSelect';
import { useT } from '@/i18n/I18n';
import { type SubjectKind, subjectSource } from '../queries';

type Props = {
  kind: SubjectKind;
  label: string;
  value: string | undefined;
  onChange: (id: string | null) => void;
  isRequired?: boolean;
};

export const SubjectSelect = ({ kind, label, value, onChange, isRequired = false }: Props) => {
  const t = useT();
  return (
    <FoundSelect
      size="xs"
      source={subjectSource(kind)}
      label={label}
      placeholder={t(isRequired ? 'customJwt.real.choose' : 'customJwt.real.chooseOptional')}
      value={value ?? null}
      onChange={onChange}
      clearLabel={t('common.removeThis', { what: label })}
      isRequired={isRequired}
    />
  );
};

/** Asks before something is destroyed: `if (await confirm({ … })) remove()`. */
import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { createContext, type FormEvent, type ReactNode, use, useCallback, useState } from 'react';
import { useT } from '@/i18n/I18n';

type Question = {
  title: string;
  /** What will be gone, and for whom. */
  message: ReactNode;
  /** The verb on the button: "Delete role". */
  action: string;
  /** Has to be typed first; for what many people would miss. */
  typedName?: string;
  /** False for what can be undone. */
  isDangerous?: boolean;
};

type Ask = (question: Question) => Promise<boolean>;

const Context = createContext<Ask>(async () => false);

/** The question, from any component below `ConfirmProvider`. */
export const useConfirm = () => use(Context);

type Open = { question: Question; answer: (yes: boolean) => void };

export const ConfirmProvider = ({ children }: { children: ReactNode }) => {
  const [open, setOpen] = useState<Open>();
  const [isShown, setShown] = useState(false);
  const ask = useCallback<Ask>((question) => {
    setShown(true);
    return new Promise((answer) => setOpen({ question, answer }));
  }, []);
  const close = (yes: boolean) => {
    open?.answer(yes);
    setShown(false);
  };
  return (
    <Context value={ask}>
      {children}
      <Modal
        opened={isShown}
        onClose={() => close(false)}
        title={open?.question.title}
        centered
        onExitTransitionEnd={() => setOpen(undefined)}
      >
        {open && <Body question={open.question} onAnswer={close} />}
      </Modal>
    </Context>
  );
};

const Body = ({ question, onAnswer }: { question: Question; onAnswer: (yes: boolean) => void }) => {
  const t = useT();
  const [typed, setTyped] = useState('');
  const { typedName, isDangerous = true } = question;
  const isReady = typedName === undefined || typed.trim() === typedName;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) onAnswer(true);
  };
  return (
    <form onSubmit={submit}>
      <Text size="sm" component="div">
        {question.message}
      </Text>
      {typedName !== undefined && (
        <TextInput
          mt="md"
          label={t.rich('common.typeToConfirm', { name: <strong>{typedName}</strong> })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          data-autofocus
        />
      )}
      <Group justify="flex-end" mt="lg" gap="sm">
        <Button variant="default" onClick={() => onAnswer(false)} data-autofocus={typedName === undefined || undefined}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" color={isDangerous ? 'red' : 'signet'} disabled={!isReady}>
          {question.action}
        </Button>
      </Group>
    </form>
  );
};

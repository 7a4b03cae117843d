/** Changes, and what they make stale. */
import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change, after which everything that was asked about these subjects (the first part of a query's key) is asked anew. */
export const useChange = <Input, Output>(subjects: string[], change: (input: Input) => Promise<Output>) => {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(subjects.map((subject) => queryClient.invalidateQueries({ queryKey: [subject] }))),
  });
};

/** The OpenAPI document says of some members only that they are objects; their types come out as objects without members. */
export type AnyObject = Record<string, never>;

export const asObject = (value: object) => value as AnyObject;

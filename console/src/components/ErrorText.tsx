/** How a failure is said. The routes give the words, since components know nothing of the API. */
import { createContext, use } from 'react';

export const ErrorTextContext = createContext<(error: unknown) => string>(String);

export const useErrorText = () => use(ErrorTextContext);

/** The router's links with Mantine's looks. */
import { Anchor, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

type AsLink<Props> = Props & Omit<ComponentProps<'a'>, keyof Props>;

const ButtonAnchor = (props: AsLink<ButtonProps>) => <Button component="a" {...props} />;

export const AnchorLink = createLink(Anchor<'a'>);
export const ButtonLink = createLink(ButtonAnchor);

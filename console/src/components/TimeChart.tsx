/**
 * Numbers over time, as stacked bars or as lines. Drawn here, because a library for it weighs as much as half of the
 * console. Whoever does not see it gets the same numbers as a table; keyboards walk through it with the arrows.
 */
import { Box, Group, Text, VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useI18n } from '@/i18n/I18n';
import { ticksFor } from './chartScale';
import classes from './TimeChart.module.css';

export type Series = {
  id: string;
  label: string;
  /** A CSS colour that is seen on light and on dark. */
  color: string;
  /** One value per moment; null where there is none. */
  values: (number | null)[];
};

type Props = {
  /** What the plot is about. */
  label: string;
  /** The moments, as they are written below the plot and in its table. */
  moments: string[];
  series: Series[];
  kind: 'bars' | 'lines';
  /** "ms", behind each value. */
  unit?: string;
};

const height = 190;
const margin = { top: 10, right: 6, bottom: 24, left: 44 };

type Frame = { width: number; count: number; top: number };

const plotWidth = ({ width }: Frame) => Math.max(0, width - margin.left - margin.right);
const slot = (frame: Frame) => plotWidth(frame) / Math.max(1, frame.count);
const middle = (frame: Frame, index: number) => margin.left + slot(frame) * (index + 0.5);
const y = ({ top }: Frame, value: number) => height - margin.bottom - (value / top) * (height - margin.top - margin.bottom);

export const TimeChart = ({ label, moments, series, kind, unit = '' }: Props) => {
  const { tag } = useI18n();
  const { ref, width } = useElementSize();
  const [chosen, setChosen] = useState<number>();
  const largest = Math.max(0, ...moments.map((_, index) => at(series, index, kind)));
  const ticks = ticksFor(largest, kind === 'bars');
  const frame = { width, count: moments.length, top: ticks.at(-1) ?? 1 };
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 1, notation: largest >= 10_000 ? 'compact' : 'standard' });

  const point = (event: PointerEvent<SVGSVGElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left;
    const index = Math.floor(x / slot(frame));
    setChosen(index >= 0 && index < frame.count ? index : undefined);
  };
  const walk = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setChosen((now) => Math.min(frame.count - 1, Math.max(0, now === undefined ? frame.count - 1 : now + step)));
  };

  return (
    <Box pos="relative">
      <Legend series={series} />
      <Box ref={ref} pos="relative" h={height}>
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={label}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows read the values one by one
          tabIndex={0}
          className={classes.plot}
          onPointerMove={point}
          onPointerLeave={() => setChosen(undefined)}
          onKeyDown={walk}
          onBlur={() => setChosen(undefined)}
        >
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={margin.left} x2={width - margin.right} y1={y(frame, tick)} y2={y(frame, tick)} className={classes.grid} />
              <text x={margin.left - 8} y={y(frame, tick)} className={classes.tick} textAnchor="end" dominantBaseline="middle">
                {number.format(tick)}
              </text>
            </g>
          ))}
          {labelled(frame, moments).map((index) => (
            <text key={moments[index]} x={middle(frame, index)} y={height - 6} className={classes.tick} textAnchor="middle">
              {moments[index]}
            </text>
          ))}
          {chosen !== undefined && (
            <rect
              x={margin.left + slot(frame) * chosen}
              y={margin.top}
              width={slot(frame)}
              height={height - margin.top - margin.bottom}
              className={classes.chosen}
            />
          )}
          {kind === 'bars' ? <Bars frame={frame} series={series} /> : <Lines frame={frame} series={series} />}
        </svg>
        {chosen !== undefined && (
          <Tip
            frame={frame}
            index={chosen}
            moment={moments[chosen] ?? ''}
            series={series}
            format={(value) => `${number.format(value)}${unit && ` ${unit}`}`}
          />
        )}
      </Box>
      <VisuallyHidden>
        <DataTable moments={moments} series={series} unit={unit} />
      </VisuallyHidden>
    </Box>
  );
};

/** How high the plot gets at a moment. */
const at = (series: Series[], index: number, kind: Props['kind']) => {
  const values = series.map(({ values: all }) => all[index] ?? 0);
  return kind === 'bars' ? values.reduce((sum, value) => sum + value, 0) : Math.max(0, ...values);
};

/** Which moments are written out: as many as there is room for. */
const labelled = (frame: Frame, moments: string[]) => {
  const room = Math.max(1, Math.floor(plotWidth(frame) / 76));
  const every = Math.max(1, Math.ceil(moments.length / room));
  return moments.map((_, index) => index).filter((index) => index % every === 0 && middle(frame, index) < frame.width - 24);
};

type DrawnProps = { frame: Frame; series: Series[] };

const Bars = ({ frame, series }: DrawnProps) => {
  const width = Math.max(1, Math.min(26, slot(frame) * 0.68));
  return Array.from({ length: frame.count }, (_, index) => {
    let below = 0;
    return series.map(({ id, color, values }) => {
      const value = values[index] ?? 0;
      const [bottom, top] = [y(frame, below), y(frame, below + value)];
      below += value;
      return (
        value > 0 && (
          <rect
            key={`${id}-${middle(frame, index)}`}
            x={middle(frame, index) - width / 2}
            y={top}
            width={width}
            height={Math.max(1, bottom - top)}
            rx={1.5}
            fill={color}
          />
        )
      );
    });
  });
};

const Lines = ({ frame, series }: DrawnProps) =>
  series.map(({ id, color, values }) => {
    const known = values
      .map((value, index) => ({ value, index }))
      .filter((point): point is { value: number; index: number } => point.value !== null);
    const path = known
      .map(({ value, index }, place) => `${place === 0 ? 'M' : 'L'}${middle(frame, index)},${y(frame, value)}`)
      .join('');
    return (
      <g key={id}>
        <path d={path} fill="none" stroke={color} strokeWidth={2} strokeLinejoin="round" strokeLinecap="round" />
        {known.length < 32 &&
          known.map(({ value, index }) => (
            <circle key={index} cx={middle(frame, index)} cy={y(frame, value)} r={2.5} fill={color} />
          ))}
      </g>
    );
  });

const Legend = ({ series }: { series: Series[] }) => (
  <Group gap="md" mb={6}>
    {series.map(({ id, label, color }) => (
      <Group key={id} gap={6} wrap="nowrap">
        <span className={classes.swatch} style={{ background: color }} />
        <Text size="xs" c="dimmed">
          {label}
        </Text>
      </Group>
    ))}
  </Group>
);

type TipProps = { frame: Frame; index: number; moment: string; series: Series[]; format: (value: number) => string };

const Tip = ({ frame, index, moment, series, format }: TipProps) => {
  const isRight = index > frame.count / 2;
  const edge = slot(frame) / 2 + 8;
  const place = isRight ? { right: frame.width - middle(frame, index) + edge } : { left: middle(frame, index) + edge };
  return (
    <div className={classes.tip} style={place} role="status">
      <Text size="xs" fw={600}>
        {moment}
      </Text>
      {series.map(({ id, label, color, values }) => (
        <Group key={id} gap={6} wrap="nowrap" justify="space-between">
          <Group gap={6} wrap="nowrap">
            <span className={classes.swatch} style={{ background: color }} />
            <Text size="xs">{label}</Text>
          </Group>
          <Text size="xs" className="numbers">
            {values[index] === null || values[index] === undefined ? '–' : format(values[index])}
          </Text>
        </Group>
      ))}
    </div>
  );
};

const DataTable = ({ moments, series, unit }: Pick<Props, 'moments' | 'series' | 'unit'>) => (
  <table>
    <tbody>
      {moments.map((moment, index) => (
        <tr key={moment}>
          <th scope="row">{moment}</th>
          {series.map(({ id, label, values }) => (
            <td key={id}>
              {label}: {values[index] ?? '–'} {values[index] === null ? '' : unit}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

const shapes = {
  tapes: 'M3 5h14v10H3zM3 8.5h14M3 11.5h14',
  capture: 'M10 3.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M10 7a3 3 0 1 0 0 6a3 3 0 1 0 0-6',
  review: 'M2 10s3-5 8-5s8 5 8 5s-3 5-8 5s-8-5-8-5M10 7.8a2.2 2.2 0 1 0 0 4.4a2.2 2.2 0 1 0 0-4.4',
  batches: 'M10 2.8l6.5 3.6v7.2L10 17.2l-6.5-3.6V6.4zM3.5 6.4L10 10l6.5-3.6M10 10v7.2',
  log: 'M5 3h7l3 3v11H5zM8 9h4M8 12h4',
  station: 'M4 16V9M8 16V4M12 16v-5M16 16V7',
  theme: 'M10 3.5a6.5 6.5 0 1 0 0 13zM10 3.5a6.5 6.5 0 0 1 0 13',
  keys: 'M2.5 5.5h15v9h-15zM5.5 8.5h1M9.5 8.5h1M13.5 8.5h1M6 11.5h8',
  check: 'M4 10.5l4 4l8-9',
  cross: 'M5 5l10 10M15 5L5 15',
  back: 'M12 4l-6 6l6 6',
  play: 'M6 4l10 6l-10 6z',
} as const;

export type IconName = keyof typeof shapes;

/** A line drawing, 20 units square; it carries no meaning of its own: words stand beside it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      style={{ width: `${size / 16}rem`, height: `${size / 16}rem` }}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinejoin="round"
      strokeLinecap="round"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
